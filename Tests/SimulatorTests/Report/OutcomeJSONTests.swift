import Standards
import Testing

@testable import Simulator

struct OutcomeJSONTests {
    @Test(
        "An outcome comes back from its JSON as it was, and equal outcomes give equal bytes",
        arguments: Verdict.allCases)
    func anOutcomeComesBack(verdict: Verdict) throws {
        let outcome = OutcomeFixture.outcome(verdict)
        let bytes = OutcomeJSON.value(outcome).bytes(pretty: true)
        #expect(bytes == OutcomeJSON.value(OutcomeFixture.outcome(verdict)).bytes(pretty: true))
        let read = try Outcome(json: JSONValue(parsing: bytes, sizeLimit: Outcome.fileBytesMax))
        #expect(read == outcome)
        #expect(OutcomeJSON.value(read).bytes(pretty: true) == bytes)
    }

    @Test("Machines find seed, digest, events, span, verdict and the ten promises in their order")
    func machinesFindSeedDigest() {
        let json = OutcomeJSON.value(OutcomeFixture.outcome(.safetyBroken))
        #expect(json["seed"] == "0x5eed" && json["digest"] == "c0ffee1234567890" && json["events"] == 1_284_377)
        #expect(json["simulatedSeconds"] == 1_209_600 && json["verdict"] == "safetyBroken")
        #expect(
            json["promises"]?.arrayValue?.compactMap { $0["name"]?.stringValue } == [
                "localService", "durable", "converges", "nothingSilent", "once", "oneStandard", "scope", "rebuild",
                "honestHub", "badInput",
            ])
        #expect(json["promises"]?[1] == ["name": "durable", "verdict": "broken", "checked": 8_042])
        #expect(json["promises"]?[5] == ["name": "oneStandard", "verdict": "notExercised", "checked": 0])
        #expect(json["invariants"]?[2]?["number"] == 3 && json["invariants"]?[2]?["verdict"] == "broken")
    }

    @Test("Promises stand in their order and all ten, however the run noted them")
    func promisesStandInTheir() {
        var outcome = OutcomeFixture.outcome()
        outcome.promises = [PromiseResult(name: "scope", finding: .holds, checked: 4)]
        let promises = OutcomeJSON.value(outcome)["promises"]?.arrayValue ?? []
        #expect(promises.map { $0["name"]?.stringValue } == PromiseWords.names.map { $0 })
        #expect(promises.count { $0["verdict"] == "notExercised" } == 9)
    }

    @Test("A file that lacks something is refused with the path to it and what to give instead")
    func aFileThatLacks() throws {
        let json = OutcomeJSON.value(OutcomeFixture.outcome(.safetyBroken))
        let members = try #require(json.objectValue)
        let derived: Set<String> = ["simulatedSeconds", "verdictInWords", "repeat"]
        for key in members.keys.sorted() where !derived.contains(key) {
            var less = members
            less[key] = nil
            let error = #expect(throws: StandardsError.self) { try Outcome(json: .object(less)) }
            #expect(error?.reason == "`\(key)` is missing")
            #expect(error?.remedy.contains("tributary simulate run --json") == true)
        }
    }

    private static let wrong: [(path: [String], value: JSONValue, reason: String)] = [
        (["sites", "3", "lag", "p50Milliseconds"], JSONValue.string("1"), "`sites[3].lag.p50Milliseconds` is a text"),
        (["sites", "0", "backlogOperations"], [-1], "`sites[0].backlogOperations[0]` is not from 0 to"),
        (["hub", "requestsByHour", "2"], 4_000_000_000_000_000, "`hub.requestsByHour[2]` is not from 0 to"),
        (["faults", "0", "kind"], "earthquake", "`faults[0].kind` is a word that this version does not know"),
        (["seed"], "5eed", "`seed` is not a seed"), (["format"], 2, "`format` is 2; this version reads 1"),
        (["sites"], [:], "`sites` is an object and must be a list"),
        (["province"], [], "`province` is a list and must be an object"),
        (["invariants", "0", "isLiveness"], 1, "`invariants[0].isLiveness` is a whole number"),
    ]

    @Test("A wrong value is refused where it stands", arguments: wrong)
    func aWrongValueIs(path: [String], value: JSONValue, reason: String) {
        let json = Self.replacing(path[...], with: value, in: OutcomeJSON.value(OutcomeFixture.outcome()))
        let error = #expect(throws: StandardsError.self) { try Outcome(json: json) }
        #expect(error?.reason.hasPrefix(reason) == true, "\(error?.reason ?? "")")
    }

    @Test("What is no object at all is refused")
    func whatIsNoObject() {
        let error = #expect(throws: StandardsError.self) { try Outcome(json: [1]) }
        #expect(error?.reason == "the file is a list and must be an object")
    }

    private static func replacing(_ path: ArraySlice<String>, with value: JSONValue, in json: JSONValue) -> JSONValue {
        guard let key = path.first else { return value }
        if case .object(var members) = json {
            members[key] = replacing(path.dropFirst(), with: value, in: members[key] ?? .null)
            return .object(members)
        }
        if case .array(var elements) = json, let index = Int(key) {
            elements[index] = replacing(path.dropFirst(), with: value, in: elements[index])
            return .array(elements)
        }
        return json
    }
}
