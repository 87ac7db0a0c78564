import Replication
import Standards

/// What a vote may be; looked at where it is cast and once more at admission.
enum ReviewRules {
    static func problem(_ vote: Vote, _ template: ReviewTemplate) -> GuardCheck.Failure? {
        guard template.departments.contains(vote.department) else {
            return GuardCheck.Failure(
                reason: "This department has no vote here.",
                remedy: "Asked are: \(template.departments.joined(separator: ", ")).")
        }
        guard vote.choice != .veto || template.vetoing.contains(vote.department) else {
            return GuardCheck.Failure(
                reason: "This department may not veto.", remedy: "Reject it, or ask one that may.")
        }
        let length = vote.reason.unicodeScalars.count
        guard length <= DeskLimits.reasonLength, !vote.reason.utf8.contains(0), vote.choice == .approve || length > 0
        else {
            return GuardCheck.Failure(
                reason: "Who does not approve gives a reason of up to \(DeskLimits.reasonLength) characters.",
                remedy: "Say why.")
        }
        return nil
    }
}
