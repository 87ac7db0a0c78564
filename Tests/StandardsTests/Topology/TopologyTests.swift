import Standards
import Testing

@Suite("A province's topology")
struct TopologyTests {
    private static func site(_ id: String, role: String = "branch") -> JSONValue {
        [
            "id": .string(id), "role": .string(role), "divisionCode": "640100", "name": ["zh": "银川", "en": "Yinchuan"],
            "longitude": 106.28, "latitude": 38.47, "staff": ["clerks": 1, "technicians": 2],
            "link": ["latencyMilliseconds": 3, "kilobitsPerSecond": 512, "lossPerMille": 0],
        ]
    }

    private static func document(_ sites: [JSONValue]) -> JSONValue {
        [
            "format": 1, "province": ["id": "nx", "name": ["zh": "宁夏", "en": "Ningxia"], "timeZone": "+08:00"],
            "sites": .array(sites),
        ]
    }

    private static func changed(_ value: JSONValue, _ key: String, _ replacement: JSONValue?) -> JSONValue {
        var members = value.objectValue ?? [:]
        members[key] = replacement
        return .object(members)
    }

    private func findings(_ sites: [JSONValue]) -> [Finding] { Topology.check(Self.document(sites).bytes()).1 }

    @Test("Ningxia's file is free of faults: a hub and five branches")
    func ningxia() throws {
        let (topology, findings) = Topology.check(try ProjectFiles.bytes("Topology/ningxia.json"))
        #expect(findings == [])
        let province = try #require(topology)
        #expect(province.hub?.id == "nx-hub")
        #expect(
            province.branches.map(\.id) == [
                "nx-yinchuan", "nx-shizuishan", "nx-wuzhong", "nx-guyuan", "nx-zhongwei",
            ])
        #expect(province.branches.map(\.divisionCode) == ["640100", "640200", "640300", "640400", "640500"])
        #expect(province.branches.allSatisfy { $0.link != nil })
        #expect(province.province.timeZone.minutes == 480)
        #expect(province.site("nx-guyuan")?.ticketLetters == "GY")
    }

    @Test(
        "Every province's file is free of faults, and has all its cities and prefectures",
        arguments: [
            ("jiangsu", "js", 13), ("shandong", "sd", 16), ("sichuan", "sc", 21), ("xinjiang", "xj", 14),
            ("ningxia", "nx", 5),
        ])
    func everyProvinceSFile(
        _ name: String, _ id: String, _ count: Int
    ) throws {
        let (topology, findings) = Topology.check(try ProjectFiles.bytes("Topology/\(name).json"))
        #expect(findings == [])
        let province = try #require(topology)
        #expect(province.province.id == id)
        #expect(province.hub?.id == "\(id)-hub")
        #expect(province.branches.count == count)
        #expect(Set(province.branches.map(\.divisionCode)).count == count)
        #expect(Set(province.sites.map(\.ticketLetters)).count == count + 1)
        #expect(Set(province.sites.map { $0.name.zh }).count == count + 1)
        for branch in province.branches {
            #expect(branch.divisionCode.prefix(2) == province.hub?.divisionCode.prefix(2))
            #expect(branch.staff.clerks > 0 && branch.link != nil)
        }
    }

    @Test("Xinjiang has its four cities, Karamay among them, and its ten prefectures")
    func xinjiangHasItsFour() throws {
        let topology = try #require(Topology.check(try ProjectFiles.bytes("Topology/xinjiang.json")).0)
        let cities = topology.branches.filter { $0.divisionCode < "652000" }
        #expect(cities.map(\.name.en) == ["Urumqi", "Karamay", "Turpan", "Hami"])
        #expect(topology.site("xj-kelamayi")?.divisionCode == "650200")
        #expect(topology.branches.count - cities.count == 10)
    }

    @Test("A topology of ten thousand branches is refused with both numbers, however it is written")
    func aTopologyOfTen() {
        let sites = [Self.site("nx-hub", role: "hub")] + (1...10_000).map { Self.site("nx-site\($0)") }
        let long = Self.document(sites).bytes()
        let tooLong = Topology.check(long).1
        #expect(
            tooLong.first?.problem == "the file has \(long.count) bytes, and a topology at most 1048576 and 200 sites")
        let tooMany = Topology.check(Self.document(sites.map { ["id": $0["id"] ?? nil] }).bytes()).1
        #expect(tooMany.map(\.path) == ["/sites"])
        #expect(tooMany.first?.problem == "there are 10001 sites, and a topology has at most 200")
    }

    @Test("a hub needs no link, a branch does")
    func links() {
        let hub = Self.changed(Self.site("nx-hub", role: "hub"), "link", nil)
        #expect(findings([hub]).isEmpty)
        let branch = Self.changed(Self.site("nx-yinchuan"), "link", nil)
        #expect(findings([hub, branch]).map(\.path) == ["/sites/1/link"])
    }

    @Test("all faults of all sites are listed at once")
    func all() {
        var bad = Self.site("nx-Guyuan")
        bad = Self.changed(bad, "divisionCode", "64010")
        bad = Self.changed(bad, "longitude", 136.5)
        bad = Self.changed(bad, "latitude", 2.9)
        bad = Self.changed(bad, "link", ["latencyMilliseconds": -1, "kilobitsPerSecond": 0, "lossPerMille": 1_001])
        bad = Self.changed(bad, "ticketLetters", "gy")
        let other = Self.changed(Self.site("xj-wuzhong"), "staf", [:])
        let found = findings([Self.site("nx-yinchuan"), Self.site("nx-yinchuan"), bad, other])
        #expect(
            found.map(\.path) == [
                "/sites/1/id", "/sites/2/id", "/sites/2/divisionCode", "/sites/2/longitude", "/sites/2/latitude",
                "/sites/2/link/latencyMilliseconds", "/sites/2/link/kilobitsPerSecond", "/sites/2/link/lossPerMille",
                "/sites/2/ticketLetters", "/sites/3/id", "/sites/3", "/sites",
            ])
        #expect(found.last?.problem == "there is no hub")
        #expect(found[10].remedy == "did you mean \"staff\"?")
    }

    @Test("two hubs are one too many")
    func twoHubs() {
        let found = findings([Self.site("nx-hub", role: "hub"), Self.site("nx-hub2", role: "hub")])
        #expect(found.map(\.path) == ["/sites/1/role"])
    }

    @Test(
        "an identifier is the province's letters, a hyphen and 2 to 20 letters or digits",
        arguments: [
            ("nx-ab", true), ("nx-" + String(repeating: "a", count: 20), true), ("nx-a", false), ("nxab", false),
            ("nx-" + String(repeating: "a", count: 21), false), ("nx-a_b", false), ("nx-a-b", false), ("", false),
        ])
    func identifiers(id: String, isAccepted: Bool) {
        #expect(findings([Self.site("nx-hub", role: "hub"), Self.site(id)]).isEmpty == isAccepted)
    }

    @Test("two hundred sites are read and two hundred and one refused")
    func limit() {
        let sites = [Self.site("nx-hub", role: "hub")] + (1..<200).map { Self.site("nx-site\($0)") }
        let (topology, found) = Topology.check(Self.document(sites).bytes())
        #expect(found.isEmpty)
        #expect(Set((topology?.sites ?? []).map(\.ticketLetters)).count == 200)
        #expect(findings(sites + [Self.site("nx-last")]).map(\.path) == ["/sites"])
    }

    @Test("ticket letters come from the syllables of the name")
    func letters() {
        let ids = ["hub", "yinchuan", "shizuishan", "wuzhong", "guyuan", "zhongwei"]
        let sites = ids.map { Self.site("nx-" + $0, role: $0 == "hub" ? "hub" : "branch") }
        let topology = Topology.check(Self.document(sites).bytes()).0
        #expect(topology?.sites.map(\.ticketLetters) == ["HB", "YC", "SZ", "WZ", "GY", "ZW"])
    }

    @Test("letters stay with a site when others are added behind it, and stated ones come first")
    func stableLetters() {
        let hub = Self.site("nx-hub", role: "hub")
        func letters(_ sites: [JSONValue]) -> [String] {
            (Topology.check(Self.document([hub] + sites).bytes()).0?.sites ?? []).dropFirst().map(\.ticketLetters)
        }
        #expect(letters([Self.site("nx-yinchuan")]) == ["YC"])
        #expect(letters([Self.site("nx-yinchuan"), Self.site("nx-yichang")]) == ["YC", "YI"])
        let stated = Self.changed(Self.site("nx-yichang"), "ticketLetters", "YC")
        #expect(letters([Self.site("nx-yinchuan"), stated]) == ["YI", "YC"])
        #expect(letters([Self.site("nx-11"), Self.site("nx-22")]) == ["XAA", "XAB"])
    }

    @Test("the same letters stated twice are refused")
    func lettersTwice() {
        let sites = ["nx-aa", "nx-bb"].map { Self.changed(Self.site($0), "ticketLetters", "AB") }
        #expect(findings([Self.site("nx-hub", role: "hub")] + sites).map(\.path) == ["/sites/2/ticketLetters"])
    }
}
