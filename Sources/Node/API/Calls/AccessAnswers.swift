import HTTP
import Standards

/// Answers that only signing in has.
enum AccessAnswers {
    /// The same for a wrong password and for the name of nobody.
    static let refused = Answers.problem(
        .unauthorized,
        detail: "The name or the password is not right. Try again; after \(Backoff.accountFailures) failures there is "
            + "a wait, and an administrator of this site can give a new link.")

    static func wait(_ milliseconds: Int64) -> Response {
        let seconds = (milliseconds + 999) / 1_000
        var response = Answers.problem(
            .tooManyRequests,
            detail: "There were too many failures. Try again in \(seconds) s, or let an administrator of this site "
                + "unlock the account.", extra: ["retryAfter": .integer(seconds)])
        response.headers["Retry-After"] = "\(seconds)"
        return response
    }

    static var busy: Response {
        var response = Answers.problem(
            .serviceUnavailable,
            detail: "\(AccessLimits.hashesWaiting) passwords wait to be checked. Try again in a moment.")
        response.headers["Retry-After"] = "\(PasswordWorker.retrySeconds)"
        return response
    }
}
