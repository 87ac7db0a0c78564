import HTTP
import Replication
import ServiceDesk

/// One request whose sender is known and allowed to send it, on its way to an answer.
struct Call: Sendable {
    let site: Site
    let request: Request
    let identity: Identity
    private let responder: Responder

    init(site: Site, request: Request, identity: Identity, responder: Responder) {
        self.site = site
        self.request = request
        self.identity = identity
        self.responder = responder
    }

    /// Who acts, as timelines will show it.
    var actor: String { identity.actor }

    /// Whether whoever called is still known: for answers that last.
    var isStillAllowed: Bool { site.access.knows(identity, at: SystemClock.wall()) }

    func answer(_ result: Result<Response, any Error>) {
        switch result {
        case .success(let response): send(Answers.unstored(response))
        case .failure(let error): send(Problems.response(to: error, of: request, log: site.log))
        }
    }

    private func send(_ response: Response) { responder.send(Refusals.worded(response, for: request.head)) }

    /// Answers with a head now and a body in pieces; nil when the client has gone.
    func stream(_ headers: Headers) -> BodyWriter? { responder.stream(headers: headers) }

    /// Answers with a stream of events; nil when the client has gone.
    func events() -> ServerSentEvents? { ServerSentEvents(responder) }

    /// Answers when what `job` wrote is on the disk. The job makes the answer, so that it shows what was written and
    /// nothing later.
    /// - Parameter done: called when it is, before the answer is sent.
    func write(
        _ name: String, _ job: @escaping @Sendable (inout Session, Int64) throws -> Response,
        then done: @escaping @Sendable () -> Void = {}
    ) {
        do { try requireDesk() } catch { return answer(.failure(error)) }
        site.write(name, job) { result in
            if (try? result.get()) != nil { done() }
            answer(result)
        }
    }

    /// Refuses at a standby, which has no desk: said before a form is looked at, since nothing would help it.
    func requireDesk() throws {
        guard !site.configuration.isStandby else {
            throw NodeError(
                .notNow, "\(site.configuration.site) is a standby: it keeps a copy of everything, and takes no work.",
                remedy: "Write at the branch that owns the ticket, or at the hub.")
        }
    }

    func desk(_ store: SiteStore, now: Int64) -> Desk { site.desk(store, actor: actor, now: now) }

    /// Refuses at a branch what only the hub does.
    func requireHub(_ what: String) throws {
        guard site.configuration.isHub else {
            throw NodeError(
                .notNow, "\(what) at the hub.",
                remedy: "Ask the hub\(site.configuration.hub.map { ", \($0)" } ?? "") to do it.")
        }
    }
}
