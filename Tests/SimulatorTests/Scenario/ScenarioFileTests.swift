import Standards
import Testing

@testable import Simulator

struct ScenarioFileTests {
    /// With every setting other than usual.
    private static func everything() -> Scenario {
        var scenario = Scenario(
            name: "Alles — 全部", asks: "Does \"all\" come back?", topology: "Topology/ningxia.json", seed: .max,
            starts: 1_780_272_000_123, lasts: .days(31) + .seconds(1))
        scenario.branches = ["nx-guyuan", "nx-wuzhong"]
        scenario.standby = "nx-wuzhong"
        scenario.standard = "Topology/standards/province"
        fill(&scenario.workload)
        scenario.workload.profile = .evening
        fill(&scenario.exchange)
        fill(&scenario.hub)
        scenario.hub.calibration = "calibration.json"
        fill(&scenario.expect)
        scenario.then.heal = .allBut
        scenario.then.sites = ["nx-guyuan"]
        scenario.then.within = .hours(8)
        scenario.plantedBug = PlantedBug.allCases[0]
        for (index, kind) in FaultKind.allCases.enumerated() {
            var fault = ScheduledFault(kind, at: .hours(Int64(index)))
            if !kind.isHubOnly { fault.sites = ["nx-wuzhong"] }
            if !kind.isMomentary { fault.lasts = .minutes(10) }
            for parameter in kind.parameters { fault.numbers[parameter.key] = parameter.range.upperBound }
            if kind == .traced {
                var trace = TraceSource(file: "loss.csv")
                trace.roundTripFile = "rtt.csv"
                trace.columns = ["UCS"]
                trace.from = .days(30)
                fault.trace = trace
            }
            scenario.faults.append(fault)
        }
        var swarm = SwarmSettings()
        swarm.intensity = .fierce
        swarm.omitting = [.bitRot, .loss]
        swarm.place = 3
        scenario.swarm = swarm
        return scenario
    }

    private static func fill<Settings: NumberedSettings>(_ settings: inout Settings) {
        for field in Settings.numbers { field.set(&settings, field.range.upperBound) }
    }

    @Test("A scenario that is written and read again is the same, every setting of it")
    func aScenarioThatIs() throws {
        let scenario = Self.everything()
        let (read, findings) = Scenario.check(scenario.fileBytes)
        #expect(findings.filter { !$0.path.hasSuffix("/at") } == [])
        #expect(read == scenario)
        #expect(read?.fileBytes == scenario.fileBytes)
    }

    @Test("The specification's sample survives writing and reading")
    func theSpecificationSSample() throws {
        let scenario = try #require(Scenario.check(Array(ScenarioSamples.specified.utf8)).0)
        #expect(Scenario.check(scenario.fileBytes).0 == scenario)
    }

    @Test("What the file leaves out is as it usually is")
    func whatTheFileLeaves() throws {
        let scenario = try #require(Scenario.check(ScenarioSamples.document()).0)
        #expect(scenario.workload == WorkloadSettings())
        #expect(scenario.exchange == ExchangeSettings())
        #expect(scenario.then == Healing())
        #expect(scenario.faults.isEmpty && scenario.swarm == nil)
    }

    @Test("The schema knows every key that reading knows, and no other")
    func theSchemaKnowsEvery() throws {
        let schema = Scenario.schema
        let written = try #require(Self.everything().json.objectValue)
        #expect(schema["properties"]?.objectValue?.keys.sorted() == written.keys.sorted())
        for key in ["workload", "exchange", "hub", "then", "expect"] {
            let properties = schema["properties"]?[key]?["properties"]?.objectValue
            #expect(properties?.keys.sorted() == written[key]?.objectValue?.keys.sorted())
        }
        let kinds = try #require(schema["properties"]?["faults"]?["items"]?["oneOf"]?.arrayValue)
        for fault in try #require(written["faults"]?.arrayValue) {
            let kind = try #require(kinds.first { $0["properties"]?["kind"]?["const"] == fault["kind"] })
            let keys = try #require(fault.objectValue?.keys.sorted())
            let optional = fault["kind"] == "swarm" ? [] : ["sites"]
            let known = try #require(kind["properties"]?.objectValue?.keys.sorted())
            #expect(known.filter { keys.contains($0) || !optional.contains($0) } == keys)
        }
        #expect(kinds.count == FaultKind.allCases.count + 1)
    }

    @Test("The schema gives each number the range that reading holds it to")
    func theSchemaGivesEach() throws {
        let loss = try #require(
            Scenario.schema["properties"]?["faults"]?["items"]?["oneOf"]?.arrayValue?.first {
                $0["properties"]?["kind"]?["const"] == "loss"
            }?["properties"]?["lossPerMille"])
        #expect(loss["minimum"] == 1 && loss["maximum"] == 1_000 && loss["default"] == 100)
        let hold = Scenario.schema["properties"]?["exchange"]?["properties"]?["pollHoldSeconds"]
        #expect(hold?["maximum"] == 3_600 && hold?["default"] == 20)
    }

    @Test("Every kind says what it is, in words of its own")
    func everyKindSaysWhat() {
        #expect(Set(FaultKind.allCases.map(\.meaning)).count == FaultKind.allCases.count)
    }
}
