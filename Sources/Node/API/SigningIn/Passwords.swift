import HTTP
import ServiceDesk

/// A password that somebody has chosen, on its way into the database.
enum Passwords {
    /// Notes what is wrong with it under `field`.
    static func check(_ password: String, of name: String, _ field: String, _ reader: inout BodyReader) {
        if let problem = PasswordRule.problem(password, name: name) { reader.report(field, Flaw(problem)) }
    }

    /// Hashes it on the worker and goes on there.
    /// - Parameters:
    ///   - answer: is given a refusal when that cannot be done now.
    ///   - next: is given the hash.
    static func hash(
        _ password: String, at site: Site, answer: @escaping @Sendable (Result<Response, any Error>) -> Void,
        next: @escaping @Sendable (String) -> Void
    ) {
        let isTaken = site.passwords.submit {
            let salt = Secrets.random(bytes: PasswordHash.saltBytes)
            guard let hash = PasswordHash.hash(PasswordRule.normal(password), salt: salt) else {
                return answer(.success(AccessAnswers.busy))
            }
            next(hash)
        }
        if !isTaken { answer(.success(AccessAnswers.busy)) }
    }
}
