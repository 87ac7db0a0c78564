import Standards

/// What a soak has found.
struct SoakOutcome: Sendable {
    let settings: SoakSettings
    let counts: LoadTally.Counts
    let faults: [Fault.Kind: Int]
    let acknowledged: Int
    let growth: [SiteGrowth]
    let verdicts: [Verdict]

    var holds: Bool { verdicts.allSatisfy(\.holds) }

    /// A row for each site.
    var table: [String] {
        var table = TextTable([
            "site", "lives", "rss first", "rss last", "rss peak", "fds idle", "peak", "end", "threads", "wal peak",
            "wal end", "database", "changes", "bytes/change", "log",
        ])
        for site in growth {
            let last = site.samples.last
            table.add([
                site.site, "\(site.lives.count)", Bytes.text(site.first?.memoryBytes ?? 0),
                Bytes.text(last?.memoryBytes ?? 0), Bytes.text(site.peak(\.memoryBytes)),
                "\(site.idleDescriptors ?? 0)", "\(site.peak(\.descriptors))", "\(last?.descriptors ?? 0)",
                "\(site.peak(\.threads))", Bytes.text(site.peak(\.logAheadBytes)), Bytes.text(last?.logAheadBytes ?? 0),
                Bytes.text(last?.databaseBytes ?? 0), "\(last?.changes ?? 0)",
                site.diskPerChange(GrowthLimits()).map { "\(Int($0))" } ?? "–", Bytes.text(last?.logBytes ?? 0),
            ])
        }
        return table.lines
    }

    var json: JSONValue {
        [
            "seed": .integer(Int64(settings.seed)), "seconds": .number(settings.seconds),
            "rate": .number(settings.rate),
            "steps": .object(
                Dictionary(
                    uniqueKeysWithValues: ClerkStep.Kind.allCases.map {
                        ($0.rawValue, .integer(Int64(counts.done[$0] ?? 0)))
                    })),
            "refused": .integer(Int64(counts.refused)), "unanswered": .integer(Int64(counts.unanswered)),
            "skipped": .integer(Int64(counts.skipped)), "unexpected": .integer(Int64(counts.unexpected)),
            "slowestMilliseconds": .integer(Int64(counts.slowestSeconds * 1_000)),
            "acknowledged": .integer(Int64(acknowledged)),
            "faults": .object(
                Dictionary(
                    uniqueKeysWithValues: Fault.Kind.allCases.map { ($0.rawValue, .integer(Int64(faults[$0] ?? 0))) })),
            "verdicts": .array(
                verdicts.map { ["name": .string($0.name), "holds": .bool($0.holds), "text": .string($0.text)] }),
            "samples": .object(
                Dictionary(uniqueKeysWithValues: growth.map { ($0.site, .array($0.samples.map(Self.json))) })),
            "verdict": holds ? "held" : "broken",
        ]
    }

    private static func json(_ sample: GrowthSample) -> JSONValue {
        [
            "seconds": .number((sample.seconds * 1_000).rounded() / 1_000), "phase": .string(sample.phase.rawValue),
            "pid": .integer(Int64(sample.processID)), "memoryBytes": .integer(Int64(sample.memoryBytes)),
            "descriptors": .integer(Int64(sample.descriptors)), "threads": .integer(Int64(sample.threads)),
            "databaseBytes": .integer(Int64(sample.databaseBytes)), "walBytes": .integer(Int64(sample.logAheadBytes)),
            "sideBytes": .integer(Int64(sample.sideBytes)), "logBytes": .integer(Int64(sample.logBytes)),
            "tickets": .integer(Int64(sample.tickets)), "changes": .integer(Int64(sample.changes)),
        ]
    }
}
