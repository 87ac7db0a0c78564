import Standards

extension Outcome {
    /// Bytes of an outcome's file at most, so that reading one has an end.
    public static let fileBytesMax = 256_000_000

    /// Reads what ``OutcomeJSON/value(_:)`` wrote.
    ///
    /// - Throws: a ``StandardsError`` with the path to what is missing or wrong, and what to give instead.
    public init(json: JSONValue) throws(StandardsError) {
        let file = OutcomeReader(value: json, path: "")
        let format = try file.number("format")
        guard format == OutcomeJSON.format else {
            throw OutcomeReader.refusal("format", "is \(format); this version reads \(OutcomeJSON.format)")
        }
        self.init(
            scenario: try file.text("scenario"), asks: try file.text("asks"), file: try file.text("file"),
            province: try file.words("province"), seed: try Self.seed(file), build: try file.text("build"),
            scenarioDigest: try file.text("scenarioDigest"), digest: try file.text("digest"),
            events: UInt64(try file.number("events", in: 0...(.max))),
            simulated: try file.time("simulatedMicroseconds"),
            starts: try file.number("startsMillisecondsSince1970", in: -FigureText.most...FigureText.most),
            zoneMinutes: Int(try file.number("zoneMinutes", in: -1_440...1_440)),
            verdict: try file.choice("verdict", Verdict.self),
            promises: try file.list("promises", PromiseResult.init(reading:)),
            invariants: try file.list("invariants", InvariantResult.init(reading:)),
            marks: try file.list("marks") { mark throws(StandardsError) in
                Mark(name: try mark.text("name"), count: try mark.number("count"))
            },
            sites: try file.list("sites", SiteOutcome.init(reading:)),
            faults: try file.list("faults", FaultBand.init(reading:)),
            heals: try file.list("heals", Heal.init(reading:)),
            conflicts: try ConflictFigures(reading: file.member("conflicts")),
            refunds: try RefundFigures(reading: file.member("refunds")),
            service: try ServiceFigures(reading: file.member("service")),
            hub: try HubFigures(reading: file.member("hub")),
            expectations: try file.list("expectations", ExpectationResult.init(reading:)),
            missing: try file.texts("missing"), changes: try file.number("changes"),
            tickets: try file.number("tickets"), moments: try file.list("moments", Moment.init(reading:)))
    }

    private static func seed(_ file: OutcomeReader) throws(StandardsError) -> UInt64 {
        let text = try file.text("seed")
        guard text.hasPrefix("0x"), let seed = UInt64(text.dropFirst(2), radix: 16) else {
            throw OutcomeReader.refusal("seed", "is not a seed such as \"0x5eed\"")
        }
        return seed
    }
}

extension PromiseResult {
    fileprivate init(reading reader: OutcomeReader) throws(StandardsError) {
        self.init(
            name: try reader.text("name"), finding: try reader.choice("verdict", Finding.self),
            checked: try reader.number("checked"))
    }
}

extension InvariantResult {
    fileprivate init(reading reader: OutcomeReader) throws(StandardsError) {
        let waitsFor = try reader.member("waitsFor")
        self.init(
            number: Int(try reader.number("number", in: 1...1_000)), name: try reader.text("name"),
            isLiveness: try reader.flag("isLiveness"), finding: try reader.choice("verdict", Finding.self),
            checked: try reader.number("checked"),
            breaches: try reader.list("breaches") { breach throws(StandardsError) in
                Breach(
                    at: try breach.time("atMicroseconds"), sites: try breach.texts("sites"),
                    text: try breach.text("text"), deeds: try breach.texts("deeds"))
            },
            waitsFor: waitsFor.value.isNull ? nil : try waitsFor.text())
    }
}

extension SiteOutcome {
    /// Hours since the start that a figure may stand for: as long as a scenario may last, and its healing.
    private static let hoursMax: Int64 = DurationText.daysMax * 48

    fileprivate init(reading reader: OutcomeReader) throws(StandardsError) {
        let lag = try reader.member("lag")
        self.init(
            id: try reader.text("id"), name: try reader.words("name"), isHub: try reader.flag("isHub"),
            lag: lag.value.isNull ? nil : try LagFigures(reading: lag),
            lagByHour: try reader.list("lagByHour") { hour throws(StandardsError) in
                HourLag(
                    hour: Int(try hour.number("hour", in: 0...Self.hoursMax)), figures: try LagFigures(reading: hour))
            },
            backlog: try reader.numbers("backlogOperations"),
            sampleMinutes: Int(try reader.number("sampleMinutes", in: 0...1_000_000)),
            bytesUp: try reader.numbers("bytesUpByDay"), bytesDown: try reader.numbers("bytesDownByDay"),
            linkBytesPerDay: try reader.number("linkBytesPerDay"), databaseBytes: try reader.number("databaseBytes"),
            changes: try reader.number("changes"), crashes: try reader.number("crashes"),
            slowestWriteMilliseconds: try reader.number("slowestWriteMilliseconds"))
    }
}

extension LagFigures {
    fileprivate init(reading reader: OutcomeReader) throws(StandardsError) {
        self.init(
            count: try reader.number("count"), p50: try reader.number("p50Milliseconds"),
            p95: try reader.number("p95Milliseconds"), p99: try reader.number("p99Milliseconds"),
            max: try reader.number("maxMilliseconds"))
    }
}

extension FaultBand {
    fileprivate init(reading reader: OutcomeReader) throws(StandardsError) {
        self.init(
            kind: try reader.choice("kind", FaultKind.self), sites: try reader.texts("sites"),
            from: try reader.time("fromMicroseconds"), to: try reader.time("toMicroseconds"))
    }
}

extension Heal {
    fileprivate init(reading reader: OutcomeReader) throws(StandardsError) {
        self.init(
            site: try reader.text("site"), kind: try reader.choice("kind", FaultKind.self),
            at: try reader.time("atMicroseconds"),
            levelAfter: try reader.optionalNumber("levelAfterMicroseconds").map(VirtualTime.init(microseconds:)))
    }
}

extension ConflictFigures {
    fileprivate init(reading reader: OutcomeReader) throws(StandardsError) {
        self.init(
            edits: try reader.number("edits"),
            byField: try reader.list("byField") { field throws(StandardsError) in
                ConflictCount(
                    field: try field.text("field"), rule: try field.text("rule"), count: try field.number("count"),
                    pair: try field.texts("pair"), pairCount: try field.number("pairCount"))
            })
    }
}

extension RefundFigures {
    fileprivate init(reading reader: OutcomeReader) throws(StandardsError) {
        self.init(
            asked: try reader.number("asked"), granted: try reader.number("granted"),
            refused: try reader.number("refused"), refusedAsDuplicates: try reader.number("refusedAsDuplicates"),
            waiting: try reader.number("waiting"), paid: try reader.number("paid"),
            paidFen: try reader.number("paidFen", in: -FigureText.most...FigureText.most))
    }
}

extension ServiceFigures {
    fileprivate init(reading reader: OutcomeReader) throws(StandardsError) {
        self.init()
        clocks = try reader.number("clocks")
        seen = try reader.number("breachesSeen")
        real = try reader.number("breachesTrue")
        unconfirmed = try reader.number("breachesUnconfirmed")
        byLag = try reader.number("breachesByLag")
        revised = try reader.number("breachesRevised")
    }
}

extension HubFigures {
    fileprivate init(reading reader: OutcomeReader) throws(StandardsError) {
        self.init(
            busyPerMille: try reader.numbers("busyPerMilleByHour"), requests: try reader.numbers("requestsByHour"),
            bytesIn: try reader.numbers("bytesInByHour"), bytesOut: try reader.numbers("bytesOutByHour"),
            databaseBytes: try reader.number("databaseBytes"),
            busyPerMilleP95: try reader.number("busyPerMilleP95"))
    }
}

extension ExpectationResult {
    fileprivate init(reading reader: OutcomeReader) throws(StandardsError) {
        self.init(
            name: try reader.text("name"), most: try reader.number("most"), was: try reader.optionalNumber("was"))
    }
}

extension Moment {
    fileprivate init(reading reader: OutcomeReader) throws(StandardsError) {
        self.init(
            at: try reader.time("atMicroseconds"), site: try reader.text("site"),
            kind: try reader.choice("kind", Moment.Kind.self))
    }
}
