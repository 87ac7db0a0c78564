import Testing

@testable import Replication

@Suite("Laws of settlement")
struct SettlementLawTests {
    private typealias C = Changes

    private let early = C.change(1, 1, at: 10, seen: C.afterCreation, C.sets("early"))
    private let late = C.change(2, 1, at: 20, seen: C.afterCreation, C.sets("late"))

    private func settling(_ seen: ChangeReference..., losing: ChangeReference) -> Change {
        C.change(3, 1, at: 30, seen: C.afterCreation + seen, .settle(Settlement(losing: losing)))
    }

    private func settledBy(_ changes: Change...) -> [ChangeReference?] {
        Fold.state(of: [C.creation] + changes).conflicts.map(\.settledBy)
    }

    @Test("a settlement that covers both sides settles, and stays when heard in another order")
    func settles() {
        let settle = settling(early.reference, late.reference, losing: early.reference)
        #expect(settledBy(early, late, settle) == [settle.reference])
        #expect(settledBy(settle, late, early) == [settle.reference])
    }

    @Test("a settlement that has seen one side only has no effect")
    func oneSide() {
        #expect(settledBy(early, late, settling(early.reference, losing: early.reference)) == [nil])
        #expect(settledBy(early, late, settling(late.reference, losing: early.reference)) == [nil])
    }

    @Test("a settlement names the loser; naming the winner has no effect")
    func namesLoser() {
        let settle = settling(early.reference, late.reference, losing: late.reference)
        #expect(settledBy(early, late, settle) == [nil])
    }

    @Test("a late arrival that changes the winner opens a settled conflict again")
    func reopens() {
        let settle = settling(early.reference, late.reference, losing: early.reference)
        let between = C.change(4, 1, at: 15, seen: C.afterCreation, C.sets("between"))
        let state = Fold.state(of: [C.creation, early, late, settle, between])
        #expect(state.conflicts.map(\.winning) == [between.reference, late.reference])
        #expect(state.conflicts.map(\.settledBy) == [nil, nil])
    }

    @Test("an overtaken transition leaves the list when it is settled")
    func overtaken() {
        let closing = C.change(1, 1, at: 10, seen: C.afterCreation, C.moves(from: "new", to: "closed"))
        let sending = C.change(2, 1, at: 20, seen: C.afterCreation, C.moves(from: "new", to: "sent"), C.sets("x"))
        let settle = settling(closing.reference, sending.reference, losing: sending.reference)
        #expect(settledBy(closing, sending, settle) == [settle.reference, settle.reference])
    }

    @Test("the first of two settlements is the one that counts")
    func first() {
        let settle = settling(early.reference, late.reference, losing: early.reference)
        let again = C.change(
            4, 1, at: 31, seen: C.afterCreation + [early.reference, late.reference],
            .settle(Settlement(losing: early.reference)))
        #expect(settledBy(early, late, again, settle) == [settle.reference])
    }

    @Test("reinstating is a new change and opens no conflict")
    func reinstating() {
        let again = C.change(
            3, 1, at: 30, seen: C.afterCreation + [early.reference, late.reference], C.sets("early"),
            .settle(Settlement(losing: early.reference)))
        let state = Fold.state(of: [C.creation, early, late, again])
        #expect(state[C.field] == .text("early"))
        #expect(state.conflicts.map(\.settledBy) == [again.reference])
    }
}
