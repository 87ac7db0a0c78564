@testable import Simulator

/// An outcome as a fortnight's rehearsal of five branches might give: cut lines, a crash, conflicts, broken promises.
enum OutcomeFixture {
    static let sites: [(id: String, zh: String, en: String)] = [
        ("xj-hub", "新疆区中心", "Xinjiang hub"), ("xj-urumqi", "乌鲁木齐", "Urumqi"), ("xj-akesu", "阿克苏", "Akesu"),
        ("xj-tulufan", "吐鲁番", "Tulufan"), ("xj-kashi", "喀什", "Kashi"), ("xj-yili", "伊犁", "Yili"),
    ]

    static func outcome(_ verdict: Verdict = .held, seed: UInt64 = 0x5eed, days: Int64 = 14) -> Outcome {
        let faults = bands(days)
        return Outcome(
            scenario: "Fibre cut in the dust season",
            asks: "Do the northern branches catch up by Monday noon on a 512 kbit/s satellite link?",
            file: "Simulations/fibre-cut.json", province: Words(zh: "新疆", en: "Xinjiang"), seed: seed,
            build: "tributary 0.4 (a1b2c3d)", scenarioDigest: "8a0f6d1c22e94b07", digest: "c0ffee1234567890",
            events: 1_284_377, simulated: .days(days), starts: 1_780_272_000_000, zoneMinutes: 480, verdict: verdict,
            promises: promises(verdict), invariants: invariants(verdict),
            marks: [
                Mark(name: "refund raced at two offline branches", count: 41),
                Mark(name: "reply lost after commit", count: 17), Mark(name: "torn page at power loss", count: 0),
            ],
            sites: sites.indices.map { site($0, seed, days, faults) }, faults: faults, heals: heals(verdict),
            conflicts: ConflictFigures(
                edits: 18_420,
                byField: [
                    ConflictCount(
                        field: "priority", rule: "laterWins", count: 46, pair: ["xj-akesu", "xj-hub"], pairCount: 31),
                    ConflictCount(
                        field: "assignee", rule: "laterWins", count: 21, pair: ["xj-akesu", "xj-urumqi"],
                        pairCount: 9),
                    ConflictCount(
                        field: "stage", rule: "overtaken", count: 12, pair: ["xj-hub", "xj-tulufan"], pairCount: 11),
                ]),
            refunds: RefundFigures(
                asked: 214, granted: 180, refused: 27, refusedAsDuplicates: 19, waiting: 7, paid: 176,
                paidFen: 1_234_550),
            service: service, hub: hub(seed, days), expectations: expectations(verdict),
            missing: verdict == .livenessBroken
                ? [
                    "xj-tulufan lacks 41 changes of xj-akesu, from 1812 on: the link is cut",
                    "xj-kashi: 3 wait to be sent",
                ]
                : [],
            changes: 21_874, tickets: 3_645, moments: moments(days))
    }

    private static var service: ServiceFigures {
        var service = ServiceFigures()
        (service.clocks, service.seen, service.real) = (4_812, 96, 71)
        (service.unconfirmed, service.byLag, service.revised) = (9, 22, 3)
        return service
    }

    /// With the greatest numbers that a file may hold wherever a number stands.
    static var greatest: Outcome {
        let most = FigureText.most
        let time = VirtualTime(microseconds: most)
        let lag = LagFigures(count: most, p50: most, p95: most, p99: most, max: most)
        var outcome = outcome()
        outcome.simulated = time
        outcome.starts = most
        outcome.events = .max
        for index in outcome.sites.indices {
            outcome.sites[index].lag = lag
            outcome.sites[index].lagByHour = [HourLag(hour: 175_680, figures: lag)]
            outcome.sites[index].backlog = [most, 0, most]
            outcome.sites[index].sampleMinutes = 1_000_000
            outcome.sites[index].bytesUp = Array(repeating: most, count: 20_000)
            outcome.sites[index].bytesDown = [most]
            outcome.sites[index].linkBytesPerDay = most
            outcome.sites[index].databaseBytes = most
            outcome.sites[index].changes = most
            outcome.sites[index].slowestWriteMilliseconds = most
        }
        outcome.faults = [FaultBand(kind: .linkCut, sites: [], from: .zero, to: time)]
        outcome.heals = [Heal(site: "xj-akesu", kind: .linkCut, at: time, levelAfter: time)]
        outcome.conflicts.edits = 1
        outcome.conflicts.byField[0].count = most
        outcome.refunds.paidFen = most
        outcome.service.real = most
        outcome.hub.busyPerMille = [most, most]
        outcome.hub.requests = Array(repeating: most, count: 20_000)
        outcome.expectations[0].most = most
        outcome.expectations[0].was = most
        outcome.moments = [Moment(at: time, site: "xj-akesu", kind: .crashed)]
        outcome.invariants[0].breaches = [Breach(at: time, sites: ["xj-akesu"], text: "late")]
        return outcome
    }

    private static func bands(_ days: Int64) -> [FaultBand] {
        func at(_ perMille: Int64) -> VirtualTime { .minutes(days * 1_440 * perMille / 1_000) }
        return [
            FaultBand(kind: .linkCut, sites: ["xj-akesu", "xj-tulufan"], from: at(241), to: at(333)),
            FaultBand(kind: .bandwidth, sites: ["xj-akesu"], from: at(333), to: at(476)),
            FaultBand(kind: .crash, sites: ["xj-kashi"], from: at(400), to: at(400)),
            FaultBand(kind: .slowDisk, sites: ["xj-yili"], from: at(520), to: at(590)),
            FaultBand(kind: .overload, sites: [], from: at(640), to: at(660)),
            FaultBand(kind: .storm, sites: [], from: at(700), to: at(730)),
        ]
    }

    private static func promises(_ verdict: Verdict) -> [PromiseResult] {
        PromiseWords.names.enumerated().map { index, name in
            let isBroken = verdict == .safetyBroken && ["durable", "once"].contains(name)
            let isUntried = ["oneStandard", "rebuild"].contains(name)
            return PromiseResult(
                name: name, finding: isBroken ? .broken : isUntried ? .notExercised : .holds,
                checked: isUntried ? 0 : Int64(index + 1) * 4_021)
        }
    }

    private static func invariants(_ verdict: Verdict) -> [InvariantResult] {
        (1...29).map { number in
            let isLate = [7, 17, 25].contains(number)
            let isBroken =
                (verdict == .safetyBroken && [1, 3].contains(number)) || (verdict == .livenessBroken && number == 21)
            return InvariantResult(
                number: number, name: "invariant \(number)", isLiveness: number > 20,
                finding: isLate ? .notExercised : isBroken ? .broken : .holds,
                checked: isLate ? 0 : Int64(number) * 10_007, breaches: isBroken ? [breach(number)] : [],
                waitsFor: isLate ? "clocks of service times" : nil)
        }
    }

    private static func breach(_ number: Int) -> Breach {
        Breach(
            at: .days(6) + .hours(4) + .minutes(11) + .seconds(8), sites: ["xj-akesu", "xj-hub"],
            text: "change 1812 of xj-akesu was acknowledged at 6d04:10:55 and is not in its store after the power loss",
            deeds: ["6d04:10:54 xj-akesu, change 1812: a note (told at 6d04:10:55, not at the hub)"])
    }

    private static func site(_ index: Int, _ seed: UInt64, _ days: Int64, _ faults: [FaultBand]) -> SiteOutcome {
        let (id, zh, en) = sites[index]
        var stream = RandomStream(seed: seed, entity: id, purpose: "fixture")
        let isHub = index == 0
        var backlog: [Int64] = []
        var waiting: Int64 = 0
        let cuts = faults.filter { $0.sites.contains(id) && [.linkCut, .bandwidth].contains($0.kind) }
        for sample in 0..<(days * 1_440 / 10) {
            let time = VirtualTime.minutes(sample * 10)
            let arrivals = isBusy(time) ? stream.below(6) : stream.below(8) / 7
            let cut = cuts.first { $0.from <= time && time < $0.to }
            let leaving: Int64 = cut == nil ? 40 : cut?.kind == .bandwidth ? 4 : 0
            waiting = max(0, waiting + arrivals - leaving)
            backlog.append(waiting + stream.below(3))
        }
        let hours = hourLags(days, &stream, cuts)
        return SiteOutcome(
            id: id, name: Words(zh: zh, en: en), isHub: isHub, lag: isHub ? nil : whole(hours),
            lagByHour: isHub ? [] : hours, backlog: isHub ? [] : backlog, sampleMinutes: 10,
            bytesUp: (0..<days).map { _ in isHub ? 0 : 2_000_000 + stream.below(900_000) },
            bytesDown: (0..<days).map { _ in isHub ? 0 : 900_000 + stream.below(500_000) },
            linkBytesPerDay: [10_800_000_000_000, 1_080_000_000_000, 216_000_000_000][min(index, 2)],
            databaseBytes: isHub ? 68_400_000 : 9_200_000 + Int64(index) * 812_000, changes: isHub ? 402 : 4_200,
            crashes: id == "xj-kashi" ? 1 : 0, slowestWriteMilliseconds: id == "xj-yili" ? 1_020 : 8)
    }

    /// Weekdays from eight to eighteen on the province's clock.
    private static func isBusy(_ time: VirtualTime) -> Bool {
        let local = time.seconds + 8 * 3_600
        return local / 86_400 % 7 < 5 && (8..<18).contains(local / 3_600 % 24)
    }

    private static func hourLags(_ days: Int64, _ stream: inout RandomStream, _ cuts: [FaultBand]) -> [HourLag] {
        (0..<Int(days * 24)).compactMap { hour in
            let time = VirtualTime.hours(Int64(hour))
            let noise = stream.below(400)
            guard isBusy(time) || stream.below(3) == 0 else { return nil }
            let end = cuts.filter { $0.from <= time && time < $0.to }.map(\.to).max()
            let base = end.map { ($0 - time).milliseconds * 4 / 5 } ?? 300 + noise
            return HourLag(
                hour: hour,
                figures: LagFigures(
                    count: 20, p50: base, p95: base * 5 / 4 + 200, p99: base * 3 / 2 + 500,
                    max: base * 5 / 3 + noise * 3))
        }
    }

    private static func whole(_ hours: [HourLag]) -> LagFigures {
        let maxima = hours.map(\.figures.max).sorted()
        guard let most = maxima.last else { return LagFigures(count: 0, p50: 0, p95: 0, p99: 0, max: 0) }
        return LagFigures(
            count: Int64(hours.count) * 20, p50: maxima[maxima.count / 2], p95: maxima[maxima.count * 95 / 100],
            p99: maxima[maxima.count * 99 / 100], max: most)
    }

    private static func heals(_ verdict: Verdict) -> [Heal] {
        [
            Heal(
                site: "xj-tulufan", kind: .linkCut, at: .hours(112),
                levelAfter: verdict == .livenessBroken ? nil : .minutes(42)),
            Heal(site: "xj-akesu", kind: .linkCut, at: .hours(112), levelAfter: .minutes(1_841)),
            Heal(site: "xj-akesu", kind: .bandwidth, at: .hours(160), levelAfter: .minutes(12)),
            Heal(site: "xj-kashi", kind: .crash, at: .hours(135), levelAfter: .seconds(71)),
        ]
    }

    private static func hub(_ seed: UInt64, _ days: Int64) -> HubFigures {
        var stream = RandomStream(seed: seed, entity: "hub", purpose: "fixture")
        func hourly(_ busy: Int64, _ quiet: Int64) -> [Int64] {
            (0..<days * 24).map { hour in
                let most = isBusy(.hours(hour)) ? busy : quiet
                return most / 2 + stream.below(most / 2 + 1)
            }
        }
        return HubFigures(
            busyPerMille: hourly(410, 20), requests: hourly(4_800, 900), bytesIn: hourly(920_000, 60_000),
            bytesOut: hourly(460_000, 80_000), databaseBytes: 68_400_000, busyPerMilleP95: 398)
    }

    private static func expectations(_ verdict: Verdict) -> [ExpectationResult] {
        [
            ExpectationResult(
                name: "syncLagP99Seconds", most: 600, was: verdict == .expectationMissed ? 94_210 : 512),
            ExpectationResult(name: "backlogPeakOperations", most: 20_000, was: 1_214),
            ExpectationResult(name: "hubCPUPerMilleP95", most: 600, was: 398),
            ExpectationResult(name: "levelAgainSeconds", most: 86_400, was: nil),
        ]
    }

    private static func moments(_ days: Int64) -> [Moment] {
        var stream = RandomStream(seed: 7, entity: "moments", purpose: "fixture")
        let kinds: [Moment.Kind] = [.pushed, .pulled, .wrote, .pushed, .pulled, .conflict]
        var moments = (0..<days * 60).map { index in
            Moment(
                at: .minutes(index * 24), site: sites[1 + Int(stream.below(5))].id,
                kind: kinds[Int(stream.below(index % 9 == 0 ? 6 : 5))])
        }
        let isCutOff: (Moment) -> Bool = {
            ["xj-akesu", "xj-tulufan"].contains($0.site) && $0.at > .hours(81) && $0.at < .hours(112)
        }
        moments.removeAll { isCutOff($0) && $0.kind != .wrote }
        moments += [
            Moment(at: .hours(81), site: "xj-akesu", kind: .cut),
            Moment(at: .hours(112), site: "xj-akesu", kind: .joined),
            Moment(at: .hours(81), site: "xj-tulufan", kind: .cut),
            Moment(at: .hours(112), site: "xj-tulufan", kind: .joined),
            Moment(at: .hours(134), site: "xj-kashi", kind: .powerLost),
            Moment(at: .hours(135), site: "xj-kashi", kind: .started),
            Moment(at: .hours(178), site: "xj-yili", kind: .diskFailed),
        ]
        return moments.sorted { ($0.at, $0.site) < ($1.at, $1.site) }
    }
}
