import HTTP
import Replication
import ServiceDesk
import Standards

/// One request to the integration API, in the edition it was sent to.
struct TroubleTicketCall: Sendable {
    let call: Call
    let dialect: Dialect
    /// Where the edition is served, as the request named it.
    let base: String

    var request: Request { call.request }
    var site: Site { call.site }

    func answer(_ result: Result<Response, any Error>) {
        call.answer(.success(response(result)))
    }

    func response(_ result: Result<Response, any Error>) -> Response {
        switch result {
        case .success(let response): response
        case .failure(let error): Fault.response(problem(error), in: dialect)
        }
    }

    /// That a key was used for something else is a conflict; the documents of TMF621 have no 422.
    private func problem(_ error: any Error) -> Response {
        if let error = error as? ReplicationError, error.kind == .keyReused {
            return Answers.problem(.conflict, detail: error.description)
        }
        if let error = error as? UnsupportedMediaType { return error.response }
        return Problems.response(to: error, of: request, log: site.log)
    }

    /// Answers when what `job` wrote is on the disk.
    func write(_ name: String, _ job: @escaping @Sendable (inout Session, Int64) throws -> Response) {
        do { try call.requireDesk() } catch { return answer(.failure(error)) }
        site.write(name, job) { answer($0) }
    }

    func wording(_ session: Session) -> Wording {
        Wording(
            session.store, life: session.life, shelf: site.domain.shelf, timeZone: site.configuration.timeZone)
    }

    func resource(_ row: EntityRow, _ wording: Wording) throws -> TicketResource {
        try TicketResource(row, wording: wording, dialect: dialect, base: base)
    }

    /// The body, which must be JSON and be said to be.
    /// - Returns: the media type, without parameters, and what the body says.
    func json(_ types: [String]) throws -> (type: String, value: JSONValue) {
        let said = (request.headers["Content-Type"] ?? types[0]).split(separator: ";").first.map(String.init) ?? ""
        let type = said.lowercased().filter { $0 != " " }
        guard types.contains(type) else { throw UnsupportedMediaType(types: types) }
        guard !request.body.isEmpty else {
            throw NodeError(.badRequest, "The request has no body.", remedy: "Send JSON.")
        }
        return (type, try JSONValue(parsing: request.body, sizeLimit: request.body.count))
    }
}

/// A body of another media type than is read here (HTTP 415).
struct UnsupportedMediaType: Error {
    let types: [String]

    var response: Response {
        Answers.problem(
            .unsupportedMediaType,
            detail: "Bodies of this media type are not read here. Send \(types.joined(separator: " or ")).")
    }
}
