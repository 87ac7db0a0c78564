import HTTP
import Standards

/// An error as TMF630 wants it: code, reason, message and status.
enum Fault {
    /// What the desk's own API answers, in the form and with the statuses of TMF621. Where the document of an edition
    /// has no such status, the next that it has: 422 becomes 400.
    static func response(_ problem: Response, in dialect: Dialect) -> Response {
        guard problem.status.code >= 400 else { return problem }
        var status = problem.status
        if status == .unprocessableContent { status = .badRequest }
        var detail = ""
        if case .bytes(let bytes) = problem.body,
            let json = try? JSONValue(parsing: bytes, sizeLimit: bytes.count)
        {
            detail = json["detail"]?.stringValue ?? ""
        }
        var response = Answers.unstored(Answers.json(body(status, detail, dialect), status: status))
        for name in ["Allow", "WWW-Authenticate", "Retry-After", "ETag"] {
            response.headers[name] = problem.headers[name]
        }
        return response
    }

    private static func body(_ status: Status, _ detail: String, _ dialect: Dialect) -> JSONValue {
        var members: [String: JSONValue] = [
            "code": .string(code(status)), "reason": .string(status.reasonPhrase), "message": .string(detail),
            "status": .string(String(status.code)),
        ]
        if dialect == .v5 { members["@type"] = "Error" }
        return .object(members)
    }

    /// A word that a program may switch on.
    private static func code(_ status: Status) -> String {
        switch status {
        case .badRequest: "invalidRequest"
        case .unauthorized: "unauthorised"
        case .forbidden: "forbidden"
        case .notFound: "notFound"
        case .methodNotAllowed: "methodNotAllowed"
        case .conflict: "conflict"
        case .preconditionFailed: "changedSince"
        case .contentTooLarge: "tooLarge"
        case .unsupportedMediaType: "unsupportedMediaType"
        case .notImplemented: "notImplemented"
        case .serviceUnavailable: "unavailable"
        default: "error\(status.code)"
        }
    }
}
