import Testing

@testable import Replication

@Suite("Laws of transitions")
struct TransitionLawTests {
    private typealias C = Changes

    private let closing = C.change(1, 1, at: 10, seen: C.afterCreation, C.moves(from: "new", to: "closed"))

    @Test("a transition takes effect from a state that it may leave")
    func takesEffect() {
        let state = Fold.state(of: [C.creation, closing])
        #expect(state.stageName == "closed")
        #expect(state.stage?.by == closing.reference)
        #expect(state.conflicts.isEmpty)
    }

    @Test("of an overtaken change the appends stay and nothing else has effect")
    func overtaken() {
        let late = C.change(
            2, 1, at: 20, seen: C.afterCreation, C.moves(from: "new", to: "sent"), C.sets("lost"),
            .add(C.set, .text("x")), .count(C.counter, 3), C.votes(.veto, by: "d"),
            .grant(Grant(person: "li", role: "r")), C.notes("kept"), C.attaches("kept"), C.asks("kept"),
            C.answers(C.reference(1, 1)), .unknown(tag: 99, body: []))
        let state = Fold.state(of: [C.creation, late, closing])
        #expect(state.stageName == "closed")
        #expect(state[C.field] == .null)
        #expect(state.elements(of: C.set).isEmpty)
        #expect(state.counts[C.counter] == nil)
        #expect(state.votes.isEmpty)
        #expect(!state.holds("r", person: "li"))
        #expect(state.notes == 1)
        #expect(state.attachments.count == 1)
        #expect(state.requests.count == 1)
        #expect(state.answers.count == 1)
        #expect(state.hasUnknownEdits)
    }

    @Test("an overtaken change loses its step to what moved the entity, and its values to those in effect")
    func losingValues() {
        let address = C.change(3, 1, at: 11, seen: C.afterCreation, C.sets("in effect"))
        let late = C.change(
            2, 1, at: 20, seen: C.afterCreation, C.moves(from: "new", to: "sent"), C.sets("lost"),
            C.sets("nobody else's", in: C.other))
        let state = Fold.state(of: [C.creation, closing, address, late])
        let expected = [
            Conflict(
                subject: .stage, rule: .overtaken, losing: late.reference, losingValue: .text("sent"),
                winning: closing.reference, winningValue: .text("closed")),
            Conflict(
                subject: .field(C.field), rule: .overtaken, losing: late.reference, losingValue: .text("lost"),
                winning: address.reference, winningValue: .text("in effect")),
            Conflict(
                subject: .field(C.other), rule: .overtaken, losing: late.reference,
                losingValue: .text("nobody else's"), winning: closing.reference, winningValue: .null),
        ]
        #expect(state.conflicts == expected)
    }

    @Test("a value that an overtaken change shares with the one in effect is not lost")
    func sameValue() {
        let address = C.change(3, 1, at: 11, seen: C.afterCreation, C.sets("same"))
        let late = C.change(2, 1, at: 20, seen: C.afterCreation, C.moves(from: "new", to: "sent"), C.sets("same"))
        let state = Fold.state(of: [C.creation, closing, address, late])
        #expect(state.conflicts.map(\.subject) == [.stage])
    }

    @Test("an older transition that arrives late overtakes what was in effect")
    func lateArrival() {
        let sending = C.change(2, 1, at: 5, seen: C.afterCreation, C.moves(from: "new", to: "sent"))
        let state = Fold.state(of: [C.creation, closing, sending])
        #expect(state.stageName == "sent")
        #expect(state.conflicts.map(\.losing) == [closing.reference])
    }

    @Test("states are compared by their bytes")
    func bytes() {
        let creation = C.change(0, 1, at: 1, .create(Creation(state: "\u{E9}")))
        let move = C.change(0, 2, at: 2, C.moves(from: "e\u{301}", to: "open"))
        #expect(Fold.state(of: [creation, move]).stageName == "\u{E9}")
    }

    @Test("the timeline tells of each effect in fold order, with the old and the new value")
    func timeline() {
        let address = C.change(2, 1, at: 5, seen: C.afterCreation, C.sets("a"))
        let other = C.change(3, 1, at: 6, seen: C.afterCreation, C.sets("b"))
        let late = C.change(2, 2, at: 20, seen: C.afterCreation, C.moves(from: "new", to: "sent"), C.notes("n"))
        let timeline = Timeline(of: [late, closing, other, address, C.creation])
        #expect(timeline.entries.map(\.change) == [C.creation, address, other, closing, late])
        let effects: [[Fold.Effect]] = [
            [.created],
            [.assigned(C.field, old: .null, new: .text("a"))],
            [
                .lost(C.field, value: .text("a"), to: .text("b")),
                .assigned(C.field, old: .text("a"), new: .text("b")),
            ],
            [.moved(name: "to closed", from: "new", to: "closed")],
            [.overtaken(name: "to sent", from: ["new"], stage: "closed"), .noted(Note(text: "n"))],
        ]
        #expect(timeline.entries.map(\.effects) == effects)
        #expect(timeline.state == Fold.state(of: timeline.entries.map(\.change)))
    }
}
