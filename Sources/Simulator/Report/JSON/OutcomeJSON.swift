import Standards

/// An outcome as machines read it: every figure of the report, units in the keys.
///
/// Equal outcomes give equal bytes: ``value(_:)`` is written with sorted keys.
public enum OutcomeJSON {
    public static let format: Int64 = 1

    /// What `--json` prints.
    public static func value(_ outcome: Outcome) -> JSONValue {
        .object(
            identity(outcome).merging(results(outcome)) { first, _ in first }
                .merging(figures(outcome)) { first, _ in first })
    }

    private static func identity(_ outcome: Outcome) -> [String: JSONValue] {
        [
            "format": .integer(format), "scenario": .string(outcome.scenario), "asks": .string(outcome.asks),
            "file": .string(outcome.file), "province": words(outcome.province),
            "seed": .string(ReportFigures(outcome).seed), "build": .string(outcome.build),
            "scenarioDigest": .string(outcome.scenarioDigest), "digest": .string(outcome.digest),
            "events": .integer(Int64(clamping: outcome.events)),
            "simulatedSeconds": .integer(outcome.simulated.seconds),
            "simulatedMicroseconds": time(outcome.simulated),
            "startsMillisecondsSince1970": .integer(outcome.starts),
            "zoneMinutes": .integer(Int64(outcome.zoneMinutes)),
            "changes": .integer(outcome.changes), "tickets": .integer(outcome.tickets),
        ]
    }

    private static func results(_ outcome: Outcome) -> [String: JSONValue] {
        [
            "verdict": .string(outcome.verdict.rawValue),
            "verdictInWords": words(plain(VerdictSentence(outcome).words)),
            "promises": .array(promises(outcome)),
            "invariants": .array(outcome.invariants.map(invariant)),
            "marks": .array(outcome.marks.map { ["name": .string($0.name), "count": .integer($0.count)] }),
            "expectations": .array(
                outcome.expectations.map {
                    [
                        "name": .string($0.name), "most": .integer($0.most), "was": optional($0.was),
                        "isMet": .bool($0.isMet),
                    ]
                }),
            "missing": texts(outcome.missing),
            "repeat": .string(ReportFigures(outcome).command),
        ]
    }

    /// Always the ten, in their order; what the run says nothing of was not exercised.
    private static func promises(_ outcome: Outcome) -> [JSONValue] {
        PromiseWords.names.map { name in
            let result = outcome.promises.first { $0.name == name }
            return [
                "name": .string(name), "verdict": .string((result?.finding ?? .notExercised).rawValue),
                "checked": .integer(result?.checked ?? 0),
            ]
        }
    }

    private static func invariant(_ invariant: InvariantResult) -> JSONValue {
        [
            "number": .integer(Int64(invariant.number)), "name": .string(invariant.name),
            "isLiveness": .bool(invariant.isLiveness), "verdict": .string(invariant.finding.rawValue),
            "checked": .integer(invariant.checked), "waitsFor": invariant.waitsFor.map(JSONValue.string) ?? .null,
            "breaches": .array(
                invariant.breaches.map {
                    [
                        "atMicroseconds": time($0.at), "sites": texts($0.sites), "text": .string($0.text),
                        "deeds": texts($0.deeds),
                    ]
                }),
        ]
    }

    private static func figures(_ outcome: Outcome) -> [String: JSONValue] {
        [
            "sites": .array(outcome.sites.map(site)),
            "faults": .array(
                outcome.faults.map {
                    [
                        "kind": .string($0.kind.rawValue), "sites": texts($0.sites), "fromMicroseconds": time($0.from),
                        "toMicroseconds": time($0.to),
                    ]
                }),
            "heals": .array(
                outcome.heals.map {
                    [
                        "site": .string($0.site), "kind": .string($0.kind.rawValue), "atMicroseconds": time($0.at),
                        "levelAfterMicroseconds": $0.levelAfter.map(time) ?? .null,
                    ]
                }),
            "conflicts": conflicts(outcome.conflicts), "refunds": refunds(outcome.refunds),
            "service": service(outcome.service), "hub": hub(outcome.hub),
            "moments": .array(
                outcome.moments.map {
                    [
                        "atMicroseconds": time($0.at), "site": .string($0.site), "kind": .string($0.kind.rawValue),
                    ]
                }),
        ]
    }

    private static func site(_ site: SiteOutcome) -> JSONValue {
        [
            "id": .string(site.id), "name": words(site.name), "isHub": .bool(site.isHub),
            "lag": site.lag.map { .object(lag($0)) } ?? .null,
            "lagByHour": .array(
                site.lagByHour.map { hour in
                    .object(lag(hour.figures).merging(["hour": .integer(Int64(hour.hour))]) { first, _ in first })
                }),
            "backlogOperations": numbers(site.backlog), "sampleMinutes": .integer(Int64(site.sampleMinutes)),
            "bytesUpByDay": numbers(site.bytesUp), "bytesDownByDay": numbers(site.bytesDown),
            "linkBytesPerDay": .integer(site.linkBytesPerDay), "databaseBytes": .integer(site.databaseBytes),
            "changes": .integer(site.changes), "crashes": .integer(site.crashes),
            "slowestWriteMilliseconds": .integer(site.slowestWriteMilliseconds),
        ]
    }

    private static func lag(_ lag: LagFigures) -> [String: JSONValue] {
        [
            "count": .integer(lag.count), "p50Milliseconds": .integer(lag.p50), "p95Milliseconds": .integer(lag.p95),
            "p99Milliseconds": .integer(lag.p99), "maxMilliseconds": .integer(lag.max),
        ]
    }

    private static func conflicts(_ conflicts: ConflictFigures) -> JSONValue {
        [
            "edits": .integer(conflicts.edits),
            "byField": .array(
                conflicts.byField.map {
                    [
                        "field": .string($0.field), "rule": .string($0.rule), "count": .integer($0.count),
                        "pair": texts($0.pair), "pairCount": .integer($0.pairCount),
                    ]
                }),
        ]
    }

    private static func refunds(_ refunds: RefundFigures) -> JSONValue {
        [
            "asked": .integer(refunds.asked), "granted": .integer(refunds.granted),
            "refused": .integer(refunds.refused), "refusedAsDuplicates": .integer(refunds.refusedAsDuplicates),
            "waiting": .integer(refunds.waiting), "paid": .integer(refunds.paid), "paidFen": .integer(refunds.paidFen),
        ]
    }

    private static func service(_ service: ServiceFigures) -> JSONValue {
        [
            "clocks": .integer(service.clocks), "breachesSeen": .integer(service.seen),
            "breachesTrue": .integer(service.real), "breachesUnconfirmed": .integer(service.unconfirmed),
            "breachesByLag": .integer(service.byLag), "breachesRevised": .integer(service.revised),
        ]
    }

    private static func hub(_ hub: HubFigures) -> JSONValue {
        [
            "busyPerMilleByHour": numbers(hub.busyPerMille), "requestsByHour": numbers(hub.requests),
            "bytesInByHour": numbers(hub.bytesIn), "bytesOutByHour": numbers(hub.bytesOut),
            "databaseBytes": .integer(hub.databaseBytes), "busyPerMilleP95": .integer(hub.busyPerMilleP95),
        ]
    }

    private static func words(_ words: Words) -> JSONValue { ["zh": .string(words.zh), "en": .string(words.en)] }
    private static func plain(_ words: Words) -> Words {
        Words(zh: TextFlow.plain(words.zh), en: TextFlow.plain(words.en))
    }
    private static func texts(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
    private static func numbers(_ numbers: [Int64]) -> JSONValue { .array(numbers.map(JSONValue.integer)) }
    private static func time(_ time: VirtualTime) -> JSONValue { .integer(time.microseconds) }
    private static func optional(_ number: Int64?) -> JSONValue { number.map(JSONValue.integer) ?? .null }
}
