import Standards
import Testing

@Suite("The difference of two packs")
struct PackDifferenceTests {
    private func differences(_ new: [UInt8]) throws -> [PackDifference] {
        let document = try JSONValue(parsing: new, sizeLimit: StandardPack.sizeLimit)
        return PackDifference.all(from: .object(PackSamples.members), to: document)
    }

    @Test("is nothing for the same pack in another order")
    func nothing() throws {
        let limits = (PackSamples.members["limits"]?.arrayValue ?? []).reversed()
        #expect(try differences(PackSamples.changed { $0["limits"] = .array(Array(limits)) }) == [])
    }

    @Test("names what changed and for whom")
    func changed() throws {
        let law = PackSamples.limit("law", "naturalDays", 15, source: "regulation")
        let ours = PackSamples.limit("ours", "naturalDays", 5, source: "province")
        let found = try differences(PackSamples.changed { $0["limits"] = [law, ours] })
        #expect(found.map(\.path) == [["limits", "ours", "limit", "value"]])
        #expect(found.first?.kind == .changed)
        #expect(found.first?.before == 7)
        #expect(found.first?.after == 5)
        #expect(found.first?.concerns == ["order"])
    }

    @Test("tells a step's roles of a change to it, and a type's people of one that is new")
    func people() throws {
        let transitions: JSONValue = [
            PackSamples.transition("finish", "open", "done", ["guards": [["guard": "stepsDone"]]]),
            PackSamples.transition("hold", "open", "waiting", ["kind": "suspend", "requires": ["wait"]]),
            PackSamples.transition("go", "waiting", "open", ["kind": "resume", "opens": ["review"]]),
        ]
        let found = try differences(PackSamples.order("transitions", transitions))
        #expect(found.map(\.path) == [["ticketTypes", "order", "transitions", "finish", "requires"]])
        #expect(found.map(\.kind) == [.removed])
        #expect(found.first?.concerns == ["clerk", "order"])
    }

    @Test("says what was added and removed as a whole")
    func whole() throws {
        let found = try differences(
            PackSamples.changed { $0["departments"] = [PackSamples.named("quality"), PackSamples.named("legal")] })
        #expect(found.map(\.kind) == [.added, .removed])
        #expect(found.map(\.path) == [["departments", "legal"], ["departments", "network"]])
    }
}
