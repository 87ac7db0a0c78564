import Testing

@testable import Replication

@Suite("Laws of votes and roles")
struct PeopleLawTests {
    private typealias C = Changes

    private let grant = Grant(person: "wang", role: "clerk")

    private func round(_ changes: Change..., number: UInt32 = 1) -> ReviewRound {
        ReviewRound(number, of: Fold.state(of: [C.creation] + changes))
    }

    @Test("a vote counts in its own round only")
    func rounds() {
        let first = C.change(1, 1, at: 10, C.votes(.veto, by: "a"))
        let second = C.change(1, 2, at: 11, C.votes(.approve, by: "a", round: 2))
        #expect(round(first, second).standing == .vetoed)
        #expect(round(first, second, number: 2).standing == .open)
        #expect(round(first, second, number: 2).counted.map(\.by) == [second.reference])
    }

    @Test("one veto ends a round whatever the order and however many approve", arguments: [5, 50] as [Int64])
    func veto(at time: Int64) {
        let veto = C.change(1, 1, at: time, C.votes(.veto, by: "a"))
        let approvals = (1...3).map { C.change(2, $0, at: 10 + Int64($0), C.votes(.approve, by: "d\($0)")) }
        #expect(round(approvals[0], approvals[1], approvals[2], veto).standing == .vetoed)
    }

    @Test("after an answer that names the counted votes every other vote of the round is late, in any order")
    func late() {
        let vote = C.change(1, 1, at: 10, C.votes(.approve, by: "a"))
        let veto = C.change(2, 1, at: 5, C.votes(.veto, by: "b"))
        let answer = C.change(
            0, 2, at: 20, seen: [vote.reference], C.answers(vote.reference, .granted, counted: [vote.reference]))
        let round = round(vote, veto, answer)
        #expect(round.standing == .answered(.granted))
        #expect(round.counted.map(\.by) == [vote.reference])
        #expect(round.late.map(\.by) == [veto.reference])
    }

    @Test("an answer that names votes of another round leaves this one open")
    func otherRound() {
        let vote = C.change(1, 1, at: 10, C.votes(.approve, by: "a"))
        let second = C.change(1, 2, at: 11, C.votes(.approve, by: "a", round: 2))
        let answer = C.change(0, 2, at: 20, C.answers(vote.reference, .refused, counted: [vote.reference]))
        #expect(round(vote, second, answer).standing == .answered(.refused))
        #expect(round(vote, second, answer, number: 2).standing == .open)
    }

    @Test("an answer is found by the request that it answers")
    func answers() {
        let request = C.change(1, 1, at: 10, C.asks("k"))
        let answer = C.change(0, 2, at: 11, C.answers(request.reference, .refused))
        let state = Fold.state(of: [C.creation, request, answer])
        #expect(state.answer(to: request.reference)?.outcome == .refused)
        #expect(state.answer(to: answer.reference) == nil)
    }

    @Test("of two answers that two lives of a hub gave a grant counts, since it may be paid", arguments: [5, 15])
    func twoAnswers(refusedAt: Int64) {
        let request = C.change(1, 1, at: 1, C.asks("k"))
        let grant = C.change(0, 2, at: 10, C.answers(request.reference, .granted))
        let refusal = C.change(3, 2, at: refusedAt, C.answers(request.reference, .refused))
        let state = Fold.state(of: [C.creation, request, grant, refusal])
        #expect(state.answer(to: request.reference)?.outcome == .granted)
        #expect(state.answered(request.reference)?.by == grant.reference)
    }

    private func holds(_ changes: Change...) -> Bool {
        Fold.state(of: [C.creation] + changes).holds("clerk", person: "wang")
    }

    @Test("a revocation wins over a grant that has not seen it, earlier or later", arguments: [5, 15] as [Int64])
    func revocationWins(grantedAt: Int64) {
        let revoke = C.change(1, 1, at: 10, .revoke(grant))
        let give = C.change(2, 1, at: grantedAt, .grant(grant))
        #expect(!holds(give, revoke))
    }

    @Test("a grant has effect only when it has seen every revocation")
    func everyRevocation() {
        let one = C.change(1, 1, at: 10, .revoke(grant))
        let two = C.change(3, 1, at: 11, .revoke(grant))
        let half = C.change(2, 1, at: 12, seen: [one.reference], .grant(grant))
        let whole = C.change(2, 1, at: 12, seen: [one.reference, two.reference], .grant(grant))
        #expect(!holds(one, two, half))
        #expect(!holds(one, two, C.change(2, 1, at: 12, seen: [two.reference], .grant(grant))))
        #expect(holds(one, two, whole))
    }

    @Test("a revocation concerns one person and one role, by bytes")
    func oneRole() {
        let person = Grant(person: "\u{E9}", role: "clerk")
        let other = Grant(person: "e\u{301}", role: "clerk")
        let give = C.change(1, 1, at: 10, .grant(person), .grant(grant))
        let revoke = C.change(2, 1, at: 11, .revoke(other), .revoke(Grant(person: "wang", role: "judge")))
        let state = Fold.state(of: [give, revoke])
        #expect(state.holds("clerk", person: "\u{E9}"))
        #expect(!state.holds("clerk", person: "e\u{301}"))
        #expect(state.holds("clerk", person: "wang"))
    }
}
