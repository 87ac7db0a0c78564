import HTTP
import Hashing
import Replication

/// The hub's routes for its branches: enrolment with a one-time token, and the exchange with the credential it gave.
public struct ExchangeRoutes: Sendable {
    private let site: Site
    private let agent: HubAgent

    public init(site: Site, agent: HubAgent) {
        self.site = site
        self.agent = agent
    }

    public func routes() -> [Route] {
        let exchange: Handler = { request, responder in self.exchange(request, responder) }
        return ["hello", "poll", "push"].map {
            Route(.post, "/exchange/v1/\($0)", bodyBytesMax: ReplicationLimits.bytesInFrame, handler: exchange)
        } + [Route(.post, "/exchange/v1/join", bodyBytesMax: 4_096) { Enrolment(site: site).join($0, $1) }]
    }

    private func exchange(_ request: Request, _ responder: Responder) {
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
                agent.receive(try ExchangeRequest(encoded: request.body), from: sender, responder)
            } catch let error as ReplicationError {
                site.log.line("exchange", "refused a frame of \(sender): \(error)")
                let status: Status = error.kind == .oversized ? .contentTooLarge : .badRequest
                responder.send(.problem(status: status, title: "Frame refused", detail: "\(error)"))
            } catch {
                responder.send(.problem(status: .badRequest, detail: "The frame cannot be read. Send it again."))
            }
        }
    }

    /// Says who is calling, or why nobody is: a wrong credential and a revoked one are told apart.
    private func authenticate(_ request: Request) -> Result<SiteID, Refusal> {
        let shown = request.headers["Authorization"] ?? ""
        let parts = shown.dropFirst("Bearer ".count).split(separator: ".")
        guard shown.hasPrefix("Bearer "), parts.count == 3, let serial = Int64(parts[1]) else {
            return .failure(
                Refusal(.unauthorized, "No site credential was shown. Enrol this site: tributary branch join."))
        }
        let sender = SiteID(String(parts[0]))
        let expected = Secrets.credential(of: sender, serial: serial, hubKey: site.hubKey)
        guard constantTimeEquals(Array(shown.dropFirst("Bearer ".count).utf8), Array(expected.utf8)) else {
            return .failure(
                Refusal(.unauthorized, "This credential is not one that this hub has given. Enrol the site again."))
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

/// An answer that refuses a caller.
struct Refusal: Error {
    let response: Response

    init(_ status: Status, _ detail: String) {
        response = .problem(status: status, detail: detail)
    }
}
