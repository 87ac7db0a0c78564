import HTTP
import Standards

/// Answers in JSON.
enum Answers {
    static func json(_ value: JSONValue, status: Status = .ok, headers: [(String, String)] = []) -> Response {
        var response = Response.json(value.bytes(), status: status)
        for (name, text) in headers { response.headers[name] = text }
        return response
    }

    /// Tickets hold personal data: nobody on the way keeps a copy.
    static func unstored(_ response: Response) -> Response {
        var response = response
        response.headers["Cache-Control"] = "no-store"
        return response
    }

    /// A refusal for machines and people (RFC 9457).
    /// - Parameter detail: what happened and, at its end, what to do next.
    static func problem(
        _ status: Status, detail: String, extra: [String: JSONValue] = [:]
    ) -> Response {
        var members = extra
        members["type"] = "about:blank"
        members["title"] = .string(status.reasonPhrase)
        members["status"] = .integer(Int64(status.code))
        members["detail"] = .string(detail)
        var response = json(.object(members), status: status)
        response.headers["Content-Type"] = "application/problem+json"
        return unstored(response)
    }
}
