import Standards
import Testing

@testable import Simulator

struct FaultConflictTests {
    private static let guyuan: JSONValue = ["nx-guyuan"]

    private static func fault(_ kind: FaultKind, _ at: String, _ lasts: String? = nil) -> JSONValue {
        var members: [String: JSONValue] = ["kind": .string(kind.rawValue), "at": .string(at), "sites": guyuan]
        if kind.isHubOnly { members["sites"] = nil }
        if kind == .traced { members["trace"] = "trace.csv" }
        if !kind.isMomentary { members["lasts"] = lasts.map { .string($0) } }
        return .object(members)
    }

    @Test(
        "Two faults that cannot both hold are refused at the later one",
        arguments: [
            (FaultKind.linkCut, FaultKind.linkOneWay), (.flapping, .linkCut), (.captivePortal, .swizzle),
            (.traced, .loss),
            (.delay, .traced), (.crash, .powerLoss), (.pause, .crash), (.crashLoop, .rollingUpgrade),
            (.clockOffset, .wrongYear), (.wrongZone, .clockStep), (.bulkImport, .pause), (.loss, .loss),
            (.storm, .storm),
            (.restoredBackup, .crash), (.clonedDisk, .replacedMachine),
        ])
    func twoFaultsThatCannot(_ one: FaultKind, _ other: FaultKind) throws {
        let found = try ScenarioSamples.findings([Self.fault(one, "1d", "2h"), Self.fault(other, "1d", "2h")])
        #expect(found.map(\.path) == ["/faults/1"])
        #expect(found.first?.problem.contains("nx-guyuan") == true)
    }

    @Test(
        "Faults that add up are accepted",
        arguments: [
            (FaultKind.linkCut, FaultKind.loss), (.bandwidth, .linkCut), (.diskFull, .powerLoss),
            (.hubIsolated, .linkCut),
            (.clockDrift, .clockOffset), (.storm, .bulkImport), (.traced, .linkCut), (.crash, .standardChanged),
        ])
    func faultsThatAddUp(_ one: FaultKind, _ other: FaultKind) throws {
        #expect(try ScenarioSamples.findings([Self.fault(one, "1d", "2h"), Self.fault(other, "1d", "2h")]) == [])
    }

    @Test("One may begin when the other ends, or be elsewhere")
    func oneMayBeginWhen() throws {
        let first = Self.fault(.linkCut, "1d", "2h")
        #expect(try ScenarioSamples.findings([first, Self.fault(.linkOneWay, "1d2h", "2h")]) == [])
        #expect(try ScenarioSamples.findings([first, Self.fault(.linkOneWay, "1d1h59m59s", "2h")]).count == 1)
        let elsewhere: JSONValue = ["kind": "linkOneWay", "at": "1d", "lasts": "2h", "sites": ["nx-wuzhong"]]
        #expect(try ScenarioSamples.findings([first, elsewhere]) == [])
        let everywhere: JSONValue = ["kind": "linkOneWay", "at": "1d"]
        #expect(try ScenarioSamples.findings([first, everywhere]).map(\.path) == ["/faults/1"])
    }

    @Test("A site that is down cannot crash before it is up again")
    func aSiteThatIs() throws {
        func crash(_ at: String, _ kind: String = "crash") -> JSONValue {
            ["kind": .string(kind), "at": .string(at), "sites": Self.guyuan, "downSeconds": 600]
        }
        #expect(try ScenarioSamples.findings([crash("1d"), crash("1d9m59s", "powerLoss")]).count == 1)
        #expect(try ScenarioSamples.findings([crash("1d"), crash("1d10m", "powerLoss")]) == [])
    }

    @Test("Clocks are set apart from each other as long as it is not at one moment")
    func clocksAreSetApart() throws {
        #expect(
            try ScenarioSamples.findings([Self.fault(.wrongYear, "1d"), Self.fault(.clockOffset, "1d1s")]) == [])
    }

    @Test("The rules do not depend on the order of two kinds, and every kind excludes itself")
    func theRulesDoNot() {
        for one in FaultKind.allCases {
            #expect(FaultConflict.reason(one, one) != nil)
            for other in FaultKind.allCases {
                #expect(FaultConflict.reason(one, other) == FaultConflict.reason(other, one))
            }
        }
    }

    @Test("A file full of conflicts is answered with as many as are listed")
    func aFileFullOf() throws {
        let faults = (0..<60).map { _ in Self.fault(.loss, "1d", "2d") }
        #expect(try ScenarioSamples.findings(faults).count == FindingLog.limit)
    }
}
