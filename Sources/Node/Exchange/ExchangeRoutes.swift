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
                    detail: "This hub does not exchange: \(contradiction). Its administrator must look: "
                        + "tributary status says what to type there."))
            return
        }
        switch authenticate(request) {
        case .failure(let refusal): responder.send(refusal.response)
        case .success(let (sender, serial)):
            do {
                let frame = try ExchangeRequest(encoded: request.body)
                guard frame.lane == lane else {
                    throw ReplicationError(
                        .malformed, "A \(frame.lane) was sent as a \(lane).", remedy: "Send it under its own path.")
                }
                agent.receive(frame, from: sender, serial: serial, responder)
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
    ///
    /// A hub that gathers may have lost what its directory said last. That the credential is derived from the hub key
    /// is then enough, and a serial above the one it knows of was given out by the hub that was lost.
    private func authenticate(_ request: Request) -> Result<(site: SiteID, serial: Int64), Refusal> {
        let shown: (site: SiteID, serial: Int64)
        switch callers.credential(request.headers) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let known): shown = known
        }
        let standing = try? site.read { (try $0.credential(of: shown.site), try $0.life().isGathering) }
        let isGathering = standing?.1 ?? false
        guard let credential = standing?.0 else {
            guard !isGathering else { return .success(shown) }
            return .failure(Refusal(.forbidden, "\(shown.site) is not in the directory. Add it at the hub."))
        }
        if isGathering, shown.serial > credential.serial { return .success(shown) }
        guard shown.serial == credential.serial, !credential.isRevoked else {
            return .failure(
                Refusal(
                    .forbidden,
                    "The credential of \(shown.site) was revoked. Ask the hub for a new token and enrol again."))
        }
        return .success(shown)
    }
}
