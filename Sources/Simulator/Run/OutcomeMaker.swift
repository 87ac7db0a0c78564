/// Puts together what a rehearsal found out.
struct OutcomeMaker {
    private let world: World

    init(_ world: World) { self.world = world }

    func outcome() -> Outcome {
        let invariants = world.checkers.map(invariant)
        let hours = Int(world.kernel.now.seconds / 3_600) + 1
        let hub = hub(hours)
        let sites = world.sites.map(site)
        let expectations = expectations(sites, hub)
        let scenario = world.scenario
        return Outcome(
            scenario: scenario.name, asks: scenario.asks, file: world.input.file,
            province: Words(
                zh: world.input.topology.province.name.zh, en: world.input.topology.province.name.en),
            seed: world.kernel.seed, build: world.input.build, scenarioDigest: scenario.digest,
            digest: world.kernel.digest.text, events: world.kernel.digest.events, simulated: world.kernel.now,
            starts: scenario.starts, zoneMinutes: world.input.topology.province.timeZone.minutes,
            verdict: verdict(invariants, expectations), promises: Promises.results(invariants),
            invariants: invariants,
            marks: marks(),
            sites: sites, faults: world.faults.bands, heals: world.figures.heals, conflicts: conflicts(),
            refunds: refunds(), service: world.clocks.figures(world), hub: hub, expectations: expectations,
            missing: missing(),
            changes: world.figures.written.reduce(0, +), tickets: Int64(world.people.tickets.count),
            moments: world.figures.moments)
    }

    private func marks() -> [Mark] {
        var counts = world.figures.marks
        let conflicts = conflicts().byField
        counts[.conflictKept] = conflicts.filter { $0.field != "stage" }.reduce(0) { $0 + $1.count }
        counts[.stepOvertaken] = conflicts.filter { $0.field == "stage" }.reduce(0) { $0 + $1.count }
        counts[.duplicateRefused] = refusedTwice()
        return RareEvent.allCases.map { Mark(name: $0.rawValue, count: counts[$0] ?? 0) }
    }

    /// Charges that were asked for more than once and paid once.
    private func refusedTwice() -> Int64 {
        var asked: [String: Int64] = [:]
        for entry in world.journal.entries where entry.admitted != nil {
            for case .asked(let charge, _) in entry.deed.kinds { asked[charge, default: 0] += 1 }
        }
        // order does not matter: a count
        return Int64(asked.values.count { $0 > 1 })
    }

    private func invariant(_ checker: any Checker) -> InvariantResult {
        InvariantResult(
            number: checker.number, name: checker.name, isLiveness: checker.isLiveness,
            finding: checker.waitsFor == nil ? checker.tally.finding : .notExercised, checked: checker.tally.checked,
            breaches: checker.tally.breaches, waitsFor: checker.waitsFor)
    }

    private func verdict(_ invariants: [InvariantResult], _ expectations: [ExpectationResult]) -> Verdict {
        let broken = invariants.filter { $0.finding == .broken }
        if broken.contains(where: { !$0.isLiveness }) { return .safetyBroken }
        if world.kernel.digest.events >= Rehearsal.eventsMax { return .inconclusive }
        if !broken.isEmpty { return .livenessBroken }
        return expectations.allSatisfy(\.isMet) ? .held : .expectationMissed
    }

    private func site(_ site: SimulatedSite) -> SiteOutcome {
        let figures = world.figures
        let number = site.number
        let byHour = figures.lags[number].sorted { $0.key < $1.key }
        let all = byHour.flatMap(\.value)
        let line = world.network.condition(of: number)
        return SiteOutcome(
            id: site.id.text, name: Words(zh: site.place.name.zh, en: site.place.name.en), isHub: site.isHub,
            lag: LagFigures(all),
            lagByHour: byHour.compactMap { hour, lags in
                LagFigures(lags).map { HourLag(hour: hour, figures: $0) }
            }, backlog: site.isHub ? [] : figures.backlogs[number], sampleMinutes: figures.sampleMinutes,
            bytesUp: site.isHub ? [] : Figures.byDay(figures.bytesUp[number]),
            bytesDown: site.isHub ? [] : Figures.byDay(figures.bytesDown[number]),
            linkBytesPerDay: site.isHub ? 0 : line.kilobitsPerSecond * 125 * 86_400,
            databaseBytes: Int64(site.disk.size(of: "tributary.db") ?? 0), changes: figures.written[number],
            crashes: figures.crashes[number], slowestWriteMilliseconds: figures.slowestWrite[number])
    }

    private func hub(_ hours: Int) -> HubFigures {
        let busy = world.capacity.busyPerMille(hours: hours)
        let sorted = busy.sorted()
        func padded(_ values: [Int64]) -> [Int64] { (0..<hours).map { $0 < values.count ? values[$0] : 0 } }
        return HubFigures(
            busyPerMille: busy, requests: padded(world.capacity.requests), bytesIn: padded(world.capacity.bytesIn),
            bytesOut: padded(world.capacity.bytesOut),
            databaseBytes: Int64(world.sites[0].disk.size(of: "tributary.db") ?? 0),
            busyPerMilleP95: sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, sorted.count * 95 / 100)])
    }

    private func expectations(_ sites: [SiteOutcome], _ hub: HubFigures) -> [ExpectationResult] {
        let expect = world.scenario.expect
        var results: [ExpectationResult] = []
        func add(_ name: String, _ most: Int64?, _ was: Int64?) {
            if let most { results.append(ExpectationResult(name: name, most: most, was: was)) }
        }
        add("syncLagP99Seconds", expect.syncLagP99Seconds, sites.compactMap { $0.lag?.p99 }.max().map { $0 / 1_000 })
        add("backlogPeakOperations", expect.backlogPeakOperations, world.figures.backlogPeaks.max())
        add("hubCPUPerMilleP95", expect.hubCPUPerMilleP95, hub.busyPerMilleP95)
        let levels = world.figures.heals.map { $0.levelAfter ?? world.kernel.now - $0.at }
        add("levelAgainSeconds", expect.levelAgainSeconds, levels.max()?.seconds)
        return results
    }

    private func refunds() -> RefundFigures {
        let rows = world.look(at: world.sites[0]) { database in
            try database.all("SELECT outcome, count(*) FROM request GROUP BY outcome ORDER BY outcome") {
                (outcome: $0.isNull(0) ? 0 : $0.int64(0), count: $0.int64(1))
            }
        }
        let counts = Dictionary((rows ?? []).map { ($0.outcome, $0.count) }, uniquingKeysWith: +)
        let charges = world.journal.entries.compactMap { entry -> String? in
            for case .asked(let charge, _) in entry.deed.kinds where entry.acknowledged != nil { return charge }
            return nil
        }
        let granted = counts[1] ?? 0
        return RefundFigures(
            asked: Int64(charges.count), granted: granted, refused: counts[2] ?? 0,
            refusedAsDuplicates: Int64(charges.count - Set(charges).count), waiting: counts[0] ?? 0,
            paid: Int64(world.payments.payments.count), paidFen: world.payments.payments.reduce(0) { $0 + $1.fen })
    }

    private func conflicts() -> ConflictFigures {
        ConflictFigures(edits: world.figures.written.reduce(0, +), byField: ConflictCensus.counts(in: world))
    }

    /// What keeps sites from being level, a line each.
    private func missing() -> [String] {
        guard !world.isSettled else { return [] }
        return world.core.filter { !world.isLevel($0) }.map { site in
            guard site.process != nil else { return "\(site.id): its process does not run" }
            let backlog = world.figures.backlog(of: site.number)
            return
                "\(site.id): \(backlog) changes not at the hub, \(world.unread(by: site)) entries of its feed not read"
        }
    }
}

extension LagFigures {
    /// Nil for nothing.
    init?(_ milliseconds: [Int64]) {
        guard !milliseconds.isEmpty else { return nil }
        let sorted = milliseconds.sorted()
        func at(_ perMille: Int) -> Int64 { sorted[min(sorted.count - 1, sorted.count * perMille / 1_000)] }
        self.init(count: Int64(sorted.count), p50: at(500), p95: at(950), p99: at(990), max: sorted[sorted.count - 1])
    }
}
