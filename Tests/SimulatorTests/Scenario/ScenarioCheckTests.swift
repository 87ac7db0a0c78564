import Standards
import Testing

@testable import Simulator

struct ScenarioCheckTests {
    private func findings(_ members: [String: JSONValue?]) -> [Standards.Finding] {
        Scenario.check(ScenarioSamples.document(members)).1
    }

    @Test("The specification's sample is read unchanged")
    func theSpecificationSSample() throws {
        let (read, findings) = Scenario.check(Array(ScenarioSamples.specified.utf8))
        #expect(findings == [])
        let scenario = try #require(read)
        #expect(scenario.seed == 0x5eed)
        #expect(scenario.starts == 1_780_272_000_000)
        #expect(scenario.lasts == .days(14))
        #expect(scenario.workload.sameTicketTwoBranchesPerMille == 12)
        #expect(scenario.workload.changesPerTicket == WorkloadSettings().changesPerTicket)
        #expect(scenario.faults.map(\.kind) == [.linkCut, .bandwidth])
        #expect(scenario.faults[0].at == .days(3) + .hours(9))
        #expect(scenario.faults[0].ends == .days(4) + .hours(3))
        #expect(scenario.faults[1].number("kilobitsPerSecond") == 512)
        #expect(scenario.swarm?.omitting == [.bitRot])
        #expect(scenario.then.sites == ["xj-tulufan"])
        #expect(scenario.then.within == .hours(8))
        #expect(scenario.expect.hubCPUPerMilleP95 == 600)
        #expect(scenario.expect.levelAgainSeconds == nil)
        #expect(scenario.check(against: try ScenarioSamples.topology("xinjiang")) == [])
    }

    @Test("Everything that is wrong with a file is listed at once, with its place and the nearest word")
    func everythingThatIsWrong() {
        let found = findings([
            "seed": "5eedx", "starts": "2026-06-01T00:00:00", "lasts": "-3d", "asks": nil,
            "workload": ["profil": "weekday", "refundsPerMille": 1_001, "changesPerTicket": 2.0],
            "exchange": ["pollHoldSeconds": 0], "hub": ["speedPerMile": 500], "storage": "modl",
            "faults": [
                ["kind": "linkCutt", "at": "1d", "whatever": 1],
                ["kind": "bandwidth", "at": "1d", "kilobitPerSecond": 512],
                ["kind": "crash", "lasts": "3h", "sites": ["nx-guyuan", "nx-guyuan"]],
                ["kind": "loss", "at": 5, "lossPerMille": 0],
                ["kind": "swarm", "intensity": "wild", "omitting": ["bitrot"], "at": "1d"], 7,
            ],
            "then": ["heal": "none"], "expect": ["syncLagP99Seconds": "600"], "plantedBug": "dropedSync",
            "workloads": [:],
        ])
        #expect(
            found.map(\.path) == [
                "/asks", "/seed", "/starts", "/lasts", "/workload/changesPerTicket", "/workload/refundsPerMille",
                "/workload", "/exchange/pollHoldSeconds", "/hub", "/storage", "/then/heal", "/expect/syncLagP99Seconds",
                "/plantedBug", "/faults/0/kind", "/faults/1", "/faults/2/at", "/faults/2/lasts", "/faults/2/sites/1",
                "/faults/3/at", "/faults/3/lossPerMille", "/faults/4/intensity", "/faults/4/omitting/0", "/faults/4",
                "/faults/5", "",
            ])
        func remedy(_ path: String) -> String? { found.first { $0.path == path }?.remedy }
        #expect(remedy("/workload") == "did you mean \"profile\"?")
        #expect(remedy("/faults/0/kind") == "did you mean \"linkCut\"?")
        #expect(remedy("/faults/1") == "did you mean \"kilobitsPerSecond\"?")
        #expect(remedy("/faults/2/lasts")?.contains("downSeconds") == true)
        #expect(remedy("/faults/4/omitting/0") == "did you mean \"bitRot\"?")
        #expect(remedy("") == "did you mean \"workload\"?")
        #expect(found.first { $0.path == "/lasts" }?.problem == "\"-3d\" is negative")
        #expect(found.allSatisfy { !$0.remedy.isEmpty })
    }

    @Test(
        "A seed is written in hexadecimal or in decimal",
        arguments: [
            ("0x0", 0), ("0xffffffffffffffff", UInt64.max), ("18446744073709551615", .max), ("0xAB", 0xab),
        ])
    func aSeedIsWritten(_ text: String, _ seed: UInt64) {
        #expect(SeedText.parse(text) == seed)
        #expect(SeedText.parse(SeedText.text(seed)) == seed)
    }

    @Test("Anything else is no seed", arguments: ["", "0x", "-1", "+1", "0x-1", "0x10000000000000000", "1.0", "0x 1"])
    func anythingElseIsNo(_ text: String) {
        #expect(SeedText.parse(text) == nil)
    }

    @Test("A seed that is a negative number is refused")
    func aSeedThatIs() {
        #expect(findings(["seed": -1]).map(\.path) == ["/seed"])
        #expect(findings(["seed": 24_301]) == [])
    }

    @Test(
        "A duration that is too long or out of order is refused, however long",
        arguments: ["99999999999d", "300000000d", "9223372036854775807s", "3661d", "3660d1s", "9h3d", "3d3d", "d"])
    func aDurationThatIs(_ text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(
        "A duration is read and written alike",
        arguments: [("3660d", VirtualTime.days(3_660)), ("3d9h", .hours(81)), ("90s", .seconds(90))])
    func aDurationIsRead(_ text: String, _ time: VirtualTime) {
        #expect(DurationText.parse(text) == time)
        #expect(DurationText.parse(DurationText.text(time)) == time)
    }

    @Test("A file of one byte too many is refused with both numbers")
    func aFileOfOne() {
        let bytes = ScenarioSamples.document()
        let blanks = [UInt8](repeating: 0x20, count: ScenarioLimits.bytes - bytes.count)
        #expect(Scenario.check(bytes + blanks).1 == [])
        let found = Scenario.check(bytes + blanks + [0x20]).1
        #expect(found.first?.problem.contains("\(ScenarioLimits.bytes + 1)") == true)
    }

    @Test("More faults than the limit are refused")
    func moreFaultsThanThe() {
        func crowd(_ count: Int) -> JSONValue {
            .array((0..<count).map { ["kind": "crash", "at": .string("\($0 * 121)s"), "sites": ["nx-guyuan"]] })
        }
        #expect(findings(["faults": crowd(ScenarioLimits.faults)]) == [])
        #expect(findings(["faults": crowd(ScenarioLimits.faults + 1)]).map(\.path) == ["/faults"])
    }

    @Test("A second swarm is refused")
    func aSecondSwarmIs() {
        #expect(findings(["faults": [["kind": "swarm"], ["kind": "swarm"]]]).map(\.path) == ["/faults"])
    }
}
