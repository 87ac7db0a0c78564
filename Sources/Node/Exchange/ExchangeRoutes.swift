import HTTP
import Replication

/// The hub's routes for its branches: enrolment with a one-time token, and the exchange with the credential it gave.
public struct ExchangeRoutes: Sendable {
    private let site: Site
    private let agent: HubAgent
    private let callers: Callers

    public init(site: Site, agent: HubAgent) {
        self.site = site
        self.agent = agent
        callers = Callers(site: site, agent: agent)
    }

    public func routes() -> [Route] {
        ExchangeRequest.Lane.allCases.map { route($0) }
            + [Route(.post, "/exchange/v1/join", bodyBytesMax: 4_096) { Enrolment(site: site).join($0, $1) }]
    }

    private func route(_ lane: ExchangeRequest.Lane) -> Route {
        let isQuiet = lane == .hello || lane == .poll
        let bytesMax = isQuiet ? ReplicationLimits.bytesInQuietRequest : ReplicationLimits.bytesInFrame
        return Route(
            .post, "/exchange/v1/\(lane)", bodyBytesMax: bytesMax, identify: callers.identify(lane)
        ) { request, responder in self.exchange(request, lane, responder) }
    }

    private func exchange(_ request: Request, _ lane: ExchangeRequest.Lane, _ responder: Responder) {
        if let contradiction = site.contradiction {
            responder.send(
                .problem(
                    status: .serviceUnavailable,
                    detail: "This hub does not exchange: \(contradiction). Its administrator must look."))
            return
        }
        switch authenticate(request) {
        case .failure(let refusal): responder.send(refusal.response)
        case .success(let sender):
            do {
                let frame = try ExchangeRequest(encoded: request.body)
                guard frame.lane == lane else {
                    throw ReplicationError(
                        .malformed, "A \(frame.lane) was sent as a \(lane).", remedy: "Send it under its own path.")
                }
                agent.receive(frame, from: sender, responder)
            } catch let error as ReplicationError {
                agent.noteRefused(sender)
                site.log.line(
                    "exchange", about: sender.text, kind: "a frame refused", "refused a frame of \(sender): \(error)")
                let status: Status = error.kind == .oversized ? .contentTooLarge : .badRequest
                responder.send(.problem(status: status, title: "Frame refused", detail: "\(error)"))
            } catch {
                agent.noteRefused(sender)
                responder.send(.problem(status: .badRequest, detail: "The frame cannot be read. Send it again."))
            }
        }
    }

    /// Says who is calling, or why nobody is: a wrong credential and a revoked one are told apart.
    private func authenticate(_ request: Request) -> Result<SiteID, Refusal> {
        let (sender, serial): (SiteID, Int64)
        switch callers.credential(request.headers) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let shown): (sender, serial) = (shown.site, shown.serial)
        }
        let standing = try? site.read { try $0.credential(of: sender) }
        guard let credential = standing ?? nil else {
            return .failure(Refusal(.forbidden, "\(sender) is not in the directory. Add it at the hub."))
        }
        guard serial == credential.serial, !credential.isRevoked else {
            return .failure(
                Refusal(
                    .forbidden,
                    "The credential of \(sender) was revoked. Ask the hub for a new token and "
                        + "enrol again."))
        }
        return .success(sender)
    }
}
