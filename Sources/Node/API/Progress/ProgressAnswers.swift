import HTTP
import Replication
import ServiceDesk
import Standards

/// What a customer is told when something cannot be done: nothing of how the desk works.
enum ProgressAnswers {
    /// The same for a number of nothing and for the wrong digits.
    static let unknown = Answers.problem(
        .notFound,
        detail: "No ticket has this number and a telephone that ends in these digits. Check both, or use the link in "
            + "the message.")

    static let badKey = Answers.problem(
        .forbidden, detail: "This link is not whole, or no longer good. Enter the ticket's number instead.")

    static let changed = Answers.problem(
        .preconditionFailed, detail: "The ticket has moved on meanwhile. Nothing was done. Look at it again.")

    static func wait(_ milliseconds: Int64) -> Response {
        let seconds = (milliseconds + 999) / 1_000
        var response = Answers.problem(
            .tooManyRequests, detail: "This was asked too often. Try again in \(seconds) s.",
            extra: ["retryAfter": .integer(seconds)])
        response.headers["Retry-After"] = "\(seconds)"
        return response
    }

    /// - Returns: nil for what is no refusal of the desk's.
    static func response(to error: any Error) -> Response? {
        switch error {
        case let error as DeskError where error.kind == .invalid:
            return Answers.problem(
                .unprocessableContent, detail: "What was filled in is not right. Correct it and send it again.",
                extra: Problems.errors(error.problems))
        case let error as DeskError where error.kind == .notFound: return unknown
        case is DeskError: return notNow
        case let error as ReplicationError where error.kind == .refused: return notNow
        default: return nil
        }
    }

    private static let notNow = Answers.problem(
        .conflict, detail: "This cannot be done with the ticket now. Look at it again, or call the desk.")
}
