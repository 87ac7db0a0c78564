/// How one round of a review stands: out of its votes alone, in whatever order they came.
public struct ReviewRound: Equatable, Sendable {
    public enum Standing: Equatable, Sendable {
        case open
        /// One veto ends the round, whatever the others voted.
        case vetoed
        /// The province has answered and named the votes it counted.
        case answered(Answer.Outcome)
    }

    public let round: UInt32
    public let standing: Standing
    /// The votes that count, in fold order.
    public let counted: [EntityState.Voted]
    /// Votes that came after the round's answer: kept, shown as late, without effect.
    public let late: [EntityState.Voted]

    public init(_ round: UInt32, of state: EntityState) {
        let votes = state.votes.filter { $0.vote.round == round }
        self.round = round
        let answer = state.answers.first { answered in
            answered.answer.counted.contains { reference in votes.contains { $0.by == reference } }
        }
        if let answer = answer?.answer {
            counted = votes.filter { answer.counted.contains($0.by) }
            late = votes.filter { !answer.counted.contains($0.by) }
            standing = .answered(answer.outcome)
        } else {
            counted = votes
            late = []
            standing = votes.contains { $0.vote.choice == .veto } ? .vetoed : .open
        }
    }
}
