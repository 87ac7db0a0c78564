import Standards
import Testing

@testable import Simulator

/// What can only be said of a scenario in its province.
struct ScenarioPlaceTests {
    @Test("An unknown site is reported with the nearest known one")
    func anUnknownSiteIs() throws {
        let found = try ScenarioSamples.findings(
            [["kind": "linkCut", "at": "1d", "sites": ["nx-guyan", "xj-akesu"]]],
            ["then": ["heal": "allBut", "sites": ["nx-wuzong"]], "branches": ["nx-guyuan", "nx-zhongwi"]])
        #expect(
            found.map(\.path) == ["/branches/1", "/faults/0/sites/0", "/faults/0/sites/1", "/then/sites/0"])
        #expect(found[0].remedy == "did you mean \"nx-zhongwei\"?")
        #expect(found[1].remedy == "did you mean \"nx-guyuan\"?")
    }

    @Test("A branch that does not take part counts as unknown")
    func aBranchThatDoes() throws {
        let fault: JSONValue = ["kind": "linkCut", "at": "1d", "sites": ["nx-wuzhong"]]
        #expect(try ScenarioSamples.findings([fault]) == [])
        let found = try ScenarioSamples.findings([fault], ["branches": ["nx-guyuan", "nx-zhongwei"]])
        #expect(found.map(\.path) == ["/faults/0/sites/0"])
    }

    @Test("The hub is named only where a kind may be there, and hub damage never")
    func theHubIsNamed() throws {
        let hub: JSONValue = ["nx-hub"]
        let found = try ScenarioSamples.findings([
            ["kind": "linkCut", "at": "1d", "sites": hub], ["kind": "storm", "at": "1d", "sites": hub],
            ["kind": "crash", "at": "1d", "sites": hub], ["kind": "clockOffset", "at": "1d", "sites": hub],
            ["kind": "overload", "at": "1d", "sites": hub], ["kind": "bitRot", "at": "1d", "sites": hub],
            ["kind": "slowQueries", "at": "1d", "sites": ["nx-guyuan"]],
        ])
        #expect(
            found.map(\.path) == [
                "/faults/0/sites/0", "/faults/1/sites/0", "/faults/5/sites/0", "/faults/6/sites/0",
            ])
        #expect(found[0].problem == "\"nx-hub\" is the hub, and linkCut is for branches")
    }

    @Test("A fault that begins when the scenario is over is refused, and one that outlasts it is not")
    func aFaultThatBegins() throws {
        #expect(
            try ScenarioSamples.findings([["kind": "crash", "at": "3d"], ["kind": "loss", "at": "2d", "lasts": "9d"]])
                .map(\.path) == ["/faults/0/at"])
    }

    @Test("A branch's disk is put back, replaced or copied; the hub's is lost, and no site is named for it")
    func whoseDiskIsIt() throws {
        for kind in ["restoredBackup", "replacedMachine", "clonedDisk"] {
            let found = try ScenarioSamples.findings([["kind": .string(kind), "at": "1d", "sites": ["nx-hub"]]])
            #expect(found.map(\.path) == ["/faults/0/sites/0"])
        }
        #expect(try ScenarioSamples.findings([["kind": "failOver", "at": "1d", "hoursBack": 0]]) == [])
    }

    @Test("A finding's place counts the swarm among the faults")
    func aFindingSPlace() throws {
        func cut(_ at: String) -> JSONValue {
            ["kind": "linkCut", "at": .string(at), "lasts": "1h", "sites": ["nx-nowhere"]]
        }
        #expect(
            try ScenarioSamples.findings([cut("1d"), ["kind": "swarm"], cut("2d")]).map(\.path) == [
                "/faults/0/sites/0", "/faults/2/sites/0",
            ])
    }

    @Test("More sites than take part are refused")
    func moreSitesThanTake() throws {
        let sites: JSONValue = .array((0..<7).map { .string("nx-place\($0)") })
        let found = try ScenarioSamples.findings([["kind": "crash", "at": "1d", "sites": sites]])
        #expect(found.first?.path == "/faults/0/sites")
        #expect(found.first?.problem == "names 7 sites, and 6 take part")
    }

    @Test("Healing names sites if and only if some stay broken, and not all of them")
    func healingNamesSitesIf() throws {
        func found(_ then: JSONValue) throws -> [String] {
            try ScenarioSamples.findings([], ["then": then]).map(\.path)
        }
        #expect(try found(["heal": "all", "sites": ["nx-guyuan"]]) == ["/then/sites"])
        #expect(try found(["heal": "allBut"]) == ["/then/sites"])
        #expect(try found(["heal": "allBut", "sites": ["nx-hub"]]) == ["/then/sites/0"])
        #expect(try found(["heal": "allBut", "sites": ["nx-guyuan"]]) == [])
        let all = try ScenarioSamples.topology("ningxia").branches.map(\.id)
        #expect(try found(["heal": "allBut", "sites": .texts(all)]) == ["/then/sites"])
    }
}
