import Replication
import Testing

@testable import Simulator

struct TicketReckoningTests {
    private static let ticket = EntityID(kind: EntityKind(rawValue: 16), high: 7, low: 9)
    private static let subject = Field(rawValue: 2)

    /// What one origin does, in its order.
    private func line(
        _ origin: UInt64, _ sequence: UInt64, stamp: UInt64, seen: [(UInt64, UInt64)] = [], _ edits: [Edit]
    ) -> TicketBooks.Line {
        let vector = VersionVector(seen.map { ChangeReference(origin: OriginID(raw: $0.0), sequence: $0.1) })
        let change = Change(
            origin: OriginID(raw: origin), sequence: sequence, stamp: Stamp(raw: stamp), entity: Self.ticket,
            seen: vector, edits: edits)
        return TicketBooks.Line(
            key: Journal.Key(origin: origin, sequence: sequence), stamp: stamp, isRefused: false, isWaiting: false,
            deed: Deed(change, at: 1), written: nil, names: [Journal.Key(origin: origin, sequence: sequence)])
    }

    private func step(_ name: String, _ from: [String], _ to: String) -> Edit {
        .transition(Transition(name: name, from: from, to: to))
    }

    private var birth: TicketBooks.Line {
        line(1, 1, stamp: 10, [.create(Creation(state: "new")), .assign(Self.subject, .text("a"))])
    }

    @Test("A creation begins a ticket, and a second one only assigns")
    func aCreationBeginsA() {
        let second = line(2, 1, stamp: 20, [.create(Creation(state: "late")), .assign(Self.subject, .text("b"))])
        let reckoned = TicketReckoning([birth, second])
        #expect(reckoned.state == "new")
        #expect(reckoned.fields[2] == .init(value: "b", by: .init(origin: 2, sequence: 1)))
    }

    @Test("A step has effect from where it may be taken, and comes to nothing elsewhere with all beside it")
    func aStepHasEffect() {
        let taken = line(1, 2, stamp: 20, [step("close", ["new"], "closed")])
        let late = line(2, 1, stamp: 30, [step("accept", ["new"], "open"), .assign(Self.subject, .text("c"))])
        let reckoned = TicketReckoning([birth, taken, late])
        #expect(reckoned.state == "closed")
        #expect(reckoned.fields[2]?.value == "a")
        #expect(reckoned.steps.map(\.hasEffect) == [true, false])
        #expect(reckoned.assignments[2]?.count == 1)
    }

    @Test("What a change has seen of another origin it covers, and its own origin's earlier ones")
    func whatAChangeHas() {
        let deed = line(2, 5, stamp: 40, seen: [(1, 3)], [.assign(Self.subject, .null)]).deed
        #expect(deed?.covers(origin: 1, sequence: 3) == true)
        #expect(deed?.covers(origin: 1, sequence: 4) == false)
        #expect(deed?.covers(origin: 2, sequence: 4) == true)
        #expect(deed?.covers(origin: 3, sequence: 1) == false)
    }
}
