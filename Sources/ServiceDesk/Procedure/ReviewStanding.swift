import Replication
import Standards

/// How a review stands, out of its votes alone: so every site that has heard the same votes says the same.
public struct ReviewStanding: Equatable, Sendable {
    public enum Outcome: String, Sendable {
        case open
        /// Every department that is asked has approved.
        case passed
        /// One that may has vetoed, whatever the others voted.
        case vetoed
    }

    public let round: UInt32
    public let outcome: Outcome
    /// The departments that have not voted in this round.
    public let missing: [String]
    /// Departments whose votes came after the province had counted: an alarm, without effect.
    public let late: [String]

    public init(of state: EntityState, _ template: ReviewTemplate) {
        round = UInt32(clamping: state[TicketField.round].integerValue ?? 1)
        let voting = ReviewRound(round, of: state)
        let votes = voting.counted.map(\.vote)
        late = voting.late.map(\.vote.department)
        missing = template.departments.filter { name in !votes.contains { $0.department == name } }
        let isVetoed = votes.contains { $0.choice == .veto && template.vetoing.contains($0.department) }
        // A department may vote again before the round has ended: what it said last counts.
        let isPassed = template.departments.allSatisfy { name in
            votes.last { $0.department == name }?.choice == .approve
        }
        outcome = isVetoed ? .vetoed : isPassed ? .passed : .open
    }
}

extension GuardCheck {
    func failure(ofReview rule: Guard) -> Failure? {
        guard let template = type.work.review else { return nil }
        let standing = ReviewStanding(of: values.state, template)
        switch rule {
        case .reviewPassed where standing.outcome != .passed:
            let missing = standing.missing.isEmpty ? "" : " Not heard: \(standing.missing.joined(separator: ", "))."
            return Failure(
                reason: "Round \(standing.round) of the review is \(standing.outcome.rawValue).\(missing)",
                remedy: standing.outcome == .vetoed ? "Correct it and begin a new round." : "Wait for all to approve.")
        case .reviewVetoed where standing.outcome != .vetoed:
            return Failure(reason: "Round \(standing.round) of the review was not vetoed.", remedy: "Go on with it.")
        default: return nil
        }
    }
}
