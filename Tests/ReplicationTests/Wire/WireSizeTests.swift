import Testing

@testable import Replication

/// Prints what changes cost on the wire; the budget is judged by the benchmark, not here.
@Suite("Bytes on the wire")
struct WireSizeTests {
    private func size(_ changes: [Change]) -> Double {
        var writer = ByteWriter()
        ChangeTable.write(changes, to: &writer)
        return Double(writer.count) / Double(changes.count)
    }

    @Test("a batch costs a fraction of its changes one by one")
    func sizes() {
        var random = SplitMix64(for: "wire: sizes")
        let tickets = (0..<1_000).map { ticket(UInt64($0) + 1, using: &random) }
        let edits = (0..<1_000).map { number in
            Change(
                origin: Changes.origin(1), sequence: UInt64(number) + 1, stamp: stamp(number, using: &random),
                entity: EntityID(kind: EntityKind(rawValue: 16), high: random.next(), low: random.next()),
                seen: VersionVector([Changes.reference(0, UInt64(random.below(5_000)) + 1)]),
                actor: "clerk-\(random.below(6))",
                edits: [.assign(Field(rawValue: 5), .text(random.pick(["dispatched", "visited", "waiting"])))])
        }
        let new = size(tickets)
        let field = size(edits)
        print("Wire: a new ticket of 12 fields takes \(new) bytes, a change of one field \(field)")
        #expect(new < Double(tickets.reduce(0) { $0 + $1.encoded.count }) / 1_000)
        #expect(field < Double(edits.reduce(0) { $0 + $1.encoded.count }) / 1_000)
    }

    private func stamp(_ number: Int, using random: inout SplitMix64) -> Stamp {
        Stamp(milliseconds: 1_760_000_000_000 + Int64(number) * 30_000 + Int64(random.below(30_000)))
    }

    /// A complaint as a clerk types it: two names, a telephone, an address, the rest from lists.
    private func ticket(_ number: UInt64, using random: inout SplitMix64) -> Change {
        func text(_ field: UInt16, _ choices: String...) -> Edit {
            .assign(Field(rawValue: field), .text(random.pick(choices)))
        }
        let entity = EntityID(kind: EntityKind(rawValue: 16), high: random.next(), low: random.next())
        let edits: [Edit] = [
            .create(Creation(state: "new", label: "YC-" + String(random.next() >> 24, radix: 32))),
            .assign(Field(rawValue: 1), .text("customer-\(random.below(50_000))")),
            .assign(Field(rawValue: 2), .text("138\(10_000_000 + random.below(89_999_999))")),
            text(3, "broadband", "mobile", "iptv", "line"), text(4, "no signal", "slow", "billing", "noise"),
            text(5, "urgent", "normal"), text(6, "counter", "hotline", "web"),
            text(7, "yinchuan-east", "yinchuan-west"),
            text(8, "residential", "business"), text(9, "team-1", "team-2", "team-3"),
            .assign(Field(rawValue: 10), .integer(Int64(random.below(1_000)))),
            .assign(Field(rawValue: 11), .bool(random.chance(20))), text(12, "", "calls after 18:00"),
        ]
        return Change(
            origin: Changes.origin(1), sequence: number, stamp: stamp(Int(number), using: &random), entity: entity,
            actor: "clerk-\(random.below(6))", edits: edits)
    }
}
