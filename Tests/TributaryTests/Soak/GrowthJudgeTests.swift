import Testing

@testable import tributary

/// Planted growth is found, and what a working node does is not taken for it.
@Suite struct GrowthJudgeTests {
    private static let limits = GrowthLimits()

    /// Ten minutes of a node: idle, under load, quiet; changed as a test wants.
    private func site(
        _ name: String = "nx-yinchuan", lives: Int = 1, _ change: (inout GrowthSample, Double) -> Void = { _, _ in }
    ) -> SiteGrowth {
        let samples = (0..<300).map { index -> GrowthSample in
            let seconds = Double(index) * 2
            let phase: GrowthSample.Phase = index < 5 ? .idle : index < 290 ? .load : .quiet
            var sample = GrowthSample(
                seconds: seconds, phase: phase, processID: Int32(100 + index * lives / 300), memoryBytes: 40 << 20,
                descriptors: phase == .load ? 30 : 23, threads: 14, databaseBytes: 300_000 + index * 3_000,
                logAheadBytes: 4 << 20, sideBytes: 3, logBytes: index * 10, tickets: index * 2, changes: index * 8)
            change(&sample, seconds)
            return sample
        }
        return SiteGrowth(site: name, samples: samples)
    }

    private func broken(_ sites: SiteGrowth...) -> [String] {
        GrowthJudge(sites: sites).verdicts.filter { !$0.holds }.map(\.name)
    }

    @Test("a node that takes what it should holds everything")
    func sound() {
        #expect(broken(site()) == [])
        #expect(
            GrowthJudge(sites: [site()]).verdicts.map(\.name) == [
                "memory", "descriptors", "threads", "wal", "disk", "logs",
            ])
    }

    @Test("a leak of memory is found, at whichever site it is, and named")
    func leak() throws {
        let leaking = site("nx-guyuan") { $0.memoryBytes += Int($1 * 60_000) }
        #expect(broken(site(), leaking) == ["memory"])
        let verdict = try #require(GrowthJudge(sites: [site(), leaking]).verdicts.first)
        #expect(verdict.text.contains("nx-guyuan"))
        #expect(!verdict.text.contains("nx-yinchuan"))
        #expect(verdict.line.hasPrefix("memory: BROKEN ("))
    }

    @Test("memory that goes with the tickets is explained, up to the named share of each")
    func tickets() {
        let share = Self.limits.memoryPerTicket
        let many = site {
            $0.tickets = Int($1 * 100)
            $0.memoryBytes += share * $0.tickets
        }
        #expect(broken(many) == [])
        let more = site {
            $0.tickets = Int($1 * 100)
            $0.memoryBytes += 2 * share * $0.tickets
        }
        #expect(broken(more) == ["memory"])
    }

    @Test("a sawtooth, a cache that fills at the beginning and a step are no leak")
    func noLeak() {
        #expect(broken(site { $0.memoryBytes += Int($1.truncatingRemainder(dividingBy: 40) * 500_000) }) == [])
        #expect(broken(site { $0.memoryBytes += Int(min($1, 60) * 500_000) }) == [])
        #expect(broken(site { $0.memoryBytes += $1 > 300 ? 20 << 20 : 0 }) == [])
    }

    @Test("a leak is looked for in the longest life; the death of a process hides none that is long enough")
    func lives() throws {
        let leaking = site(lives: 2) { sample, seconds in
            let age = seconds - (sample.processID == 100 ? 0 : 300)
            sample.memoryBytes += Int(age * 200_000)
        }
        #expect(leaking.lives.count == 2)
        #expect(broken(leaking) == ["memory"])
        let restless = site(lives: 100)
        #expect(Trend(restless.unexplainedMemory(Self.limits)) == nil)
        let text = try #require(GrowthJudge(sites: [restless]).verdicts.first?.text)
        #expect(text.contains("no life was long enough"))
    }

    @Test("every bound holds at its limit and breaks one beyond, even for a moment")
    func bounds() {
        func spike(_ change: @escaping (inout GrowthSample) -> Void) -> [String] {
            broken(site { if $1 == 200 { change(&$0) } })
        }
        #expect(spike { $0.memoryBytes = Self.limits.memoryMax } == [])
        #expect(spike { $0.memoryBytes = Self.limits.memoryMax + 1 } == ["memory"])
        #expect(spike { $0.descriptors = Self.limits.descriptorsMax } == [])
        #expect(spike { $0.descriptors = Self.limits.descriptorsMax + 1 } == ["descriptors"])
        #expect(spike { $0.threads = Self.limits.threadsMax } == [])
        #expect(spike { $0.threads = Self.limits.threadsMax + 1 } == ["threads"])
        #expect(spike { $0.logAheadBytes = Self.limits.logAheadMax } == [])
        #expect(spike { $0.logAheadBytes = Self.limits.logAheadMax + 1 } == ["wal"])
        #expect(spike { $0.sideBytes = Self.limits.sideMax } == [])
        #expect(spike { $0.sideBytes = Self.limits.sideMax + 1 } == ["logs"])
    }

    @Test("descriptors come down to what the idle node had, and the log to what a checkpoint leaves")
    func quiet() {
        func atEnd(_ change: @escaping (inout GrowthSample) -> Void) -> [String] {
            broken(site { if $1 >= 598 { change(&$0) } })
        }
        #expect(atEnd { $0.descriptors = 23 + Self.limits.descriptorsRise } == [])
        #expect(atEnd { $0.descriptors = 23 + Self.limits.descriptorsRise + 1 } == ["descriptors"])
        #expect(atEnd { $0.logAheadBytes = Self.limits.logAheadQuietMax } == [])
        #expect(atEnd { $0.logAheadBytes = Self.limits.logAheadQuietMax + 1 } == ["wal"])
    }

    @Test("a site that was never seen quiet is not said to have come down")
    func unseen() {
        #expect(broken(site { sample, _ in if sample.phase == .quiet { sample.phase = .load } }) == ["descriptors"])
        #expect(broken(SiteGrowth(site: "nx-guyuan", samples: [])) == ["descriptors"])
    }

    @Test("disk is judged by the change, and not when there are few")
    func disk() throws {
        let limit = Self.limits.diskPerChangeMax
        #expect(broken(site { sample, _ in sample.databaseBytes = 300_000 + sample.changes * limit }) == [])
        #expect(broken(site { sample, _ in sample.databaseBytes = 300_000 + sample.changes * (limit + 1) }) == ["disk"])
        let few = site { sample, _ in
            sample.databaseBytes = sample.changes * 10_000
            sample.changes = min(sample.changes, Self.limits.diskChangesMin - 1)
        }
        #expect(broken(few) == [])
        let verdict = try #require(GrowthJudge(sites: [few]).verdicts.first { $0.name == "disk" })
        #expect(verdict.text.contains("not judged"))
    }

    @Test("logs are judged by the minute")
    func logs() {
        let perMinute = Double(Self.limits.logPerMinuteMax)
        #expect(broken(site { $0.logBytes = Int($1 / 60 * perMinute * 0.99) }) == [])
        #expect(broken(site { $0.logBytes = Int($1 / 60 * perMinute * 1.01) }) == ["logs"])
    }
}
