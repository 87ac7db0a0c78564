import Standards
import Testing

@testable import Simulator

struct SwarmDrawTests {
    private static let seed: UInt64 = 0x5eed
    private static let frame = SwarmDraw.Frame(topology: "Topology/xinjiang.json")

    private static func scenarios(_ count: Int, _ frame: SwarmDraw.Frame = frame) throws -> [Scenario] {
        print("seed \(SeedText.text(seed))")
        let topology = try ScenarioSamples.topology("xinjiang")
        return (0..<count).map { SwarmDraw.scenario($0, seed: seed, in: topology, frame) }
    }

    @Test("Every scenario that is drawn is free of findings, and its file gives the same scenario")
    func everyScenarioThatIs() throws {
        let topology = try ScenarioSamples.topology("xinjiang")
        for scenario in try Self.scenarios(200) {
            #expect(scenario.check(against: topology) == [], "\(scenario.name)")
            let (read, findings) = Scenario.check(scenario.fileBytes)
            #expect(findings == [], "\(scenario.name)")
            #expect(read == scenario, "\(scenario.name)")
        }
    }

    @Test("One seed and number give one scenario, and others give others")
    func oneSeedAndNumber() throws {
        let topology = try ScenarioSamples.topology("xinjiang")
        func bytes(_ index: Int, _ seed: UInt64) -> [UInt8] {
            SwarmDraw.scenario(index, seed: seed, in: topology, Self.frame).fileBytes
        }
        #expect(bytes(7, 1) == bytes(7, 1))
        #expect(bytes(7, 1) != bytes(8, 1))
        #expect(bytes(7, 1) != bytes(7, 2))
    }

    @Test("Ten times the work is ten times the tickets, and the same in every other respect")
    func tenTimesTheWork() throws {
        var busy = Self.frame
        busy.work = 10
        let topology = try ScenarioSamples.topology("xinjiang")
        for (usual, more) in zip(try Self.scenarios(20), try Self.scenarios(20, busy)) {
            var reduced = more
            reduced.workload.ticketsPerDay = more.workload.ticketsPerDay.map { $0 / 10 }
            #expect(reduced == usual)
            #expect(more != usual)
            #expect(more.check(against: topology) == [])
        }
    }

    @Test("Where there is a standard with procedures one run in three works by it, and all faults stay as they were")
    func whereThereIsA() throws {
        var frame = Self.frame
        frame.procedures = "Topology/standards/province"
        let (usual, drawn) = (try Self.scenarios(90), try Self.scenarios(90, frame))
        #expect((20...40).contains(drawn.count { $0.standard != nil }))
        for (before, now) in zip(usual, drawn) {
            #expect(before.standard == nil)
            #expect(before.faults == now.faults && before.branches == now.branches && before.seed == now.seed)
            if now.standard == nil { #expect(before == now) }
        }
    }

    @Test("Half of the runs by procedures have rosters, and no other")
    func halfOfTheRuns() throws {
        var frame = Self.frame
        frame.procedures = "Topology/standards/province"
        let drawn = try Self.scenarios(90, frame)
        let rostered = drawn.filter { $0.workload.rosterChangesPerDay > 0 }
        #expect(rostered.allSatisfy { $0.standard != nil })
        #expect((8...24).contains(rostered.count), "\(rostered.count)")
    }

    @Test("In 200 runs every kind occurs that can be rehearsed, and in one run about half of them")
    func in200RunsEvery() throws {
        let present = try Self.scenarios(200).map { Set($0.faults.map(\.kind)) }
        let all = present.reduce(into: Set<FaultKind>()) { $0.formUnion($1) }
        #expect(all.sorted() == SwarmDraw.kinds.sorted())
        let share = present.map(\.count).reduce(0, +) * 1_000 / (200 * SwarmDraw.kinds.count)
        #expect((400...550).contains(share), "\(share) of a thousand")
        for kind in SwarmDraw.kinds {
            let runs = present.filter { $0.contains(kind) }.count
            #expect((50...150).contains(runs), "\(kind) in \(runs) of 200 runs")
        }
    }

    @Test("Faults leave time to heal, but for those of sites that stay broken")
    func faultsLeaveTimeTo() throws {
        for scenario in try Self.scenarios(100) {
            let over = VirtualTime.seconds(scenario.lasts.seconds / 8 * 7)
            for fault in scenario.faults where fault.sites != scenario.then.sites || fault.lasts != nil {
                #expect(
                    fault.span(until: scenario.lasts).upperBound <= over + .seconds(1), "\(scenario.name): \(fault)")
                #expect(fault.at > .zero)
            }
        }
    }

    @Test("The hub's disk is never damaged, and its clock never far out")
    func theHubSDisk() throws {
        let faults = try Self.scenarios(200).flatMap(\.faults).filter { $0.sites == ["xj-hub"] }
        #expect(faults.contains { $0.kind == .crash } && faults.contains { $0.kind == .diskFull })
        #expect(!faults.contains { [.bitRot, .wrongYear, .wrongZone, .clockStep].contains($0.kind) })
        #expect(faults.filter { $0.kind == .clockOffset }.allSatisfy { abs($0.number("offsetSeconds")) <= 240 })
    }

    @Test("Runs differ in size, mix and constants, and stay small")
    func runsDifferInSize() throws {
        let scenarios = try Self.scenarios(200)
        let branches = scenarios.map { $0.branches.isEmpty ? 14 : $0.branches.count }
        #expect(Set(branches) == Set(1...14))
        #expect((4_000...7_000).contains(branches.reduce(0, +) * 1_000 / 200))
        for scenario in scenarios {
            let tickets = (scenario.workload.ticketsPerDay ?? 0) * scenario.lasts.seconds / 86_400
            #expect((300...3_100).contains(tickets * scenario.workload.changesPerTicket), "\(scenario.name)")
        }
        #expect(Set(scenarios.map(\.exchange.batchBytes)).count > 2)
        #expect(Set(scenarios.map(\.exchange.pollHoldSeconds)).count > 2)
        #expect(scenarios.contains { $0.then.heal == .allBut } && scenarios.contains { $0.then.heal == .all })
        #expect(Set(scenarios.map(\.workload.profile)).count == 3)
    }

    @Test("What is omitted is not drawn, and the kinds that are present stay the same")
    func whatIsOmittedIs() throws {
        var frame = Self.frame
        frame.omitting = [.bitRot, .storm]
        let with = try Self.scenarios(40).map { Set($0.faults.map(\.kind)) }
        let without = try Self.scenarios(40, frame).map { Set($0.faults.map(\.kind)) }
        #expect(with.contains { $0.contains(.storm) })
        #expect(!without.contains { $0.contains(.storm) || $0.contains(.bitRot) })
        #expect(zip(with, without).filter { $0.subtracting([.bitRot, .storm]) == $1 }.count > 20)
    }

    @Test("The fiercer the swarm, the more goes wrong")
    func theFiercerTheSwarm() throws {
        let counts = try SwarmSettings.Intensity.allCases.map { intensity in
            var frame = Self.frame
            frame.intensity = intensity
            return try Self.scenarios(40, frame).map(\.faults.count).reduce(0, +)
        }
        #expect(counts[0] * 3 / 2 < counts[1] && counts[1] * 5 / 4 < counts[2], "\(counts)")
    }

    @Test("A scenario's own swarm is drawn around its own faults, from its own seed")
    func aScenarioSOwn() throws {
        let topology = try ScenarioSamples.topology("xinjiang")
        let scenario = try #require(Scenario.check(Array(ScenarioSamples.specified.utf8)).0)
        let drawn = SwarmDraw.drawn(scenario, in: topology)
        #expect(drawn.swarm == nil)
        #expect(drawn.faults.prefix(2) == scenario.faults.prefix(2))
        #expect(drawn.faults.count > 10)
        #expect(drawn.check(against: topology) == [])
        #expect(!drawn.faults.contains { $0.kind == .bitRot })
        #expect(drawn == SwarmDraw.drawn(scenario, in: topology))
    }

    @Test("The shortest scenario and one of a single branch can be drawn for", arguments: [1, 2, 60])
    func theShortestScenarioAnd(_ minutes: Int64) throws {
        let topology = try ScenarioSamples.topology("ningxia")
        for seed in UInt64(0)..<40 {
            var scenario = Scenario(
                name: "Short", asks: "?", topology: "Topology/ningxia.json", seed: seed, starts: 1_780_272_000_000,
                lasts: .minutes(minutes))
            scenario.branches = ["nx-guyuan"]
            scenario.swarm = SwarmSettings()
            scenario.swarm?.intensity = .fierce
            let drawn = SwarmDraw.drawn(scenario, in: topology)
            #expect(drawn.check(against: topology) == [])
            let over = VirtualTime.seconds(scenario.lasts.seconds / 8 * 7 + 1)
            #expect(drawn.faults.allSatisfy { $0.span(until: .days(9)).upperBound <= over }, "\(drawn.faults)")
        }
    }
}
