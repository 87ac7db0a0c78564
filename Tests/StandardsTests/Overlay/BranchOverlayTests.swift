import Testing

@testable import Standards

@Suite("A branch's overlay")
struct BranchOverlayTests {
    private func pack() throws -> StandardPack { try #require(StandardPack.check(PackSamples.changed { _ in }).0) }

    private func found(_ members: [String: JSONValue]) throws -> [String] {
        let all = ["format": 1 as JSONValue].merging(members) { _, new in new }
        return BranchOverlay.check(JSONValue.object(all).bytes(), beside: try pack()).1.map {
            "\($0.path) \($0.problem)"
        }
    }

    private func limit(_ name: String, _ unit: String, _ value: Int64) -> [String: JSONValue] {
        ["limits": [["limit": .string(name), "time": ["unit": .string(unit), "value": .integer(value)]]]]
    }

    @Test("D2: a stricter limit is taken, and a looser one refused with the province's value named")
    func stricter() throws {
        #expect(try found(limit("ours", "naturalDays", 6)) == [])
        #expect(try found(limit("ours", "naturalDays", 7)) == [])
        #expect(
            try found(limit("ours", "naturalDays", 8))
                == ["/limits/0/time is looser than the province's, which is 7 days"])
        // Five working days can last for more than seven days, where a holiday comes between.
        #expect(try found(limit("ours", "workingDays", 5)).count == 1)
        #expect(try found(limit("ours", "naturalHours", 24)) == [])
    }

    @Test("what it names must be in the standard, and in itself")
    func names() throws {
        #expect(
            try found(limit("theirs", "naturalDays", 1)).first?.contains("which the standard does not have") == true)
        let team = PackSamples.named("night", ["department": "kitchen"])
        #expect(try found(["teams": [team]]).count == 1)
        #expect(try found(["routing": [["team": "nobody"]]]).count == 1)
        let duty: JSONValue = [
            "team": "nobody", "person": "Li", "from": "2026-01-01T00:00:00Z", "to": "2026-01-01T00:00:00Z",
        ]
        #expect(try found(["rota": [duty]]).count == 2)
        #expect(try found(["wordings": [["wording": "sorry", "zh": "另", "en": "Also"]]]) == [])
        #expect(try found(["wordings": [["wording": "glad", "zh": "另", "en": "Also"]]]).count == 1)
        #expect(try found(["roles": []]).first?.contains("unknown key") == true)
    }

    @Test("R2: a change of the province that is as strict overtakes it")
    func overtaken() throws {
        var overlay = BranchOverlay()
        overlay.limits = [.init(limit: "ours", time: TimeLimit(.naturalDays, 5))]
        #expect(overlay.overtaken(by: try pack()).isEmpty)
        for (value, isOvertaken) in [(6, false), (5, true), (4, true)] {
            let limits: JSONValue = [PackSamples.limit("ours", "naturalDays", Int64(value), source: "province")]
            let changed = try #require(StandardPack.check(PackSamples.changed { $0["limits"] = limits }).0)
            #expect(overlay.overtaken(by: changed).isEmpty != isOvertaken, "\(value)")
        }
        let without = try #require(StandardPack.check(PackSamples.changed { $0["limits"] = [] }).0)
        #expect(overlay.overtaken(by: without).map(\.limit.limit) == ["ours"])
    }

    @Test("a local holiday counts for the branch's own calendar and leaves the province's alone")
    func calendar() throws {
        var overlay = BranchOverlay()
        let day = try #require(CivilDate(text: "2026-03-03"))
        overlay.holidays = [day]
        let province = try #require(try pack().calendar)
        #expect(province.day(day).isWorked)
        let own = overlay.calendar(beside: province)
        #expect(!own.day(day).isWorked)
        #expect(own.day(day).isAnnounced)
        #expect(own.shifts == province.shifts)
    }

    @Test("every part of a standard and of an overlay says who settles it")
    func scopes() {
        let settings = SettingScope.all.map(\.setting)
        #expect(Set(settings).count == settings.count)
        let known = Set(settings + ["format", "name", "version", "fieldSets"])
        let parts = StandardPack.schema["properties"]?.objectValue ?? [:]
        #expect(parts.keys.filter { !known.contains($0) } == [])
        #expect(SettingScope.all.first { $0.setting == "limits" }?.scope == .tightenOnly)
        #expect(SettingScope.all.first { $0.setting == "ticketTypes" }?.scope == .provinceLocked)
    }
}
