import HTTP
import Replication
import SQLite
import ServiceDesk
import Standards

/// What a client is told of each error. What it cannot help is logged, and told without its insides.
enum Problems {
    static func response(to error: any Error, of request: Request, log: Log) -> Response {
        switch error {
        case let error as DeskError: response(to: error)
        case let error as ReplicationError: response(to: error, log)
        case let error as NodeError: response(to: error)
        case let error as SQLiteError: response(to: error, log)
        case let error as StandardsError: Answers.problem(.badRequest, detail: sentence(error.description))
        case let error as HTTPError: Response.problem(error)
        default: defect("\(request.method) gave \(type(of: error))", log)
        }
    }

    private static func response(to error: DeskError) -> Response {
        let status: Status =
            switch error.kind {
            case .invalid: .unprocessableContent
            case .wrongState: .conflict
            case .notAllowed: .forbidden
            case .notFound: .notFound
            case .noStandard: .serviceUnavailable
            }
        return Answers.problem(status, detail: error.description, extra: errors(error.problems))
    }

    /// The member of an answer that says what is wrong with fields; none where nothing is.
    static func errors(_ problems: [DeskError.Problem]) -> [String: JSONValue] {
        let errors = problems.map { problem -> JSONValue in
            let flaw = problem.flaw
            var members: [String: JSONValue] = ["field": .string(problem.field), "problem": .string(flaw.text)]
            if let code = flaw.code { members["code"] = .string(code.rawValue) }
            if !flaw.values.isEmpty { members["values"] = .array(flaw.values.map { .string($0) }) }
            return .object(members)
        }
        return errors.isEmpty ? [:] : ["errors": .array(errors)]
    }

    private static func response(to error: ReplicationError, _ log: Log) -> Response {
        switch error.kind {
        case .malformed: return Answers.problem(.badRequest, detail: error.description)
        case .oversized: return Answers.problem(.contentTooLarge, detail: error.description)
        case .foreign, .limited, .unsureOfTime: return Answers.problem(.serviceUnavailable, detail: error.description)
        case .forked, .stale, .tooFarAhead, .superseded, .behind, .feedDropped:
            return Answers.problem(.conflict, detail: error.description)
        case .refused: return Answers.problem(.forbidden, detail: error.description)
        case .changedSince: return Answers.problem(.preconditionFailed, detail: error.description)
        case .keyReused: return Answers.problem(.unprocessableContent, detail: error.description)
        case .notFound: return Answers.problem(.notFound, detail: error.description)
        case .inconsistent:
            log.line("api", error.description)
            return Answers.problem(.internalServerError, detail: error.description)
        }
    }

    static func response(to error: NodeError) -> Response {
        let status: Status =
            switch error.kind {
            case .unauthorised: .unauthorized
            case .badRequest: .badRequest
            case .notFound: .notFound
            case .notNow: .conflict
            case .refused: .forbidden
            case .busy, .readOnly, .unreachable: .serviceUnavailable
            case .badFolder, .badConfiguration, .cannotListen: .internalServerError
            }
        var response = Answers.problem(status, detail: error.description)
        if status == .unauthorized { response.headers["WWW-Authenticate"] = "Bearer" }
        return response
    }

    private static func response(to error: SQLiteError, _ log: Log) -> Response {
        switch error.kind {
        case .readOnly, .full, .ioError, .corrupt, .notADatabase, .outcomeUnknown, .locked, .newerDatabase:
            log.line("storage", error.description)
            return Answers.problem(.serviceUnavailable, detail: told(error))
        case .queueFull, .busy, .transactionEnded:
            var response = Answers.problem(.serviceUnavailable, detail: told(error))
            response.headers["Retry-After"] = "1"
            return response
        case .tooBig: return Answers.problem(.contentTooLarge, detail: told(error))
        case .constraint, .other: return defect(error.description, log)
        }
    }

    private static func told(_ error: SQLiteError) -> String {
        if error.kind == .outcomeUnknown {
            return "It is not known whether this was saved: \(error.message). Make room on the disk, or "
                + "mend it, and repeat the request with the same idempotency key."
        }
        return sentence("nothing was saved: \(error.message); \(error.hint)")
    }

    private static func sentence(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst() + "."
    }

    private static func defect(_ what: String, _ log: Log) -> Response {
        log.line("api", what)
        return Answers.problem(
            .internalServerError,
            detail: "The node could not do this, by a defect of its own. Look into its log and report what it says.")
    }
}
