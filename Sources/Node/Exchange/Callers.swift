import HTTP
import Hashing
import Replication

/// What the head of an exchange request proves of its sender, before a byte of its body is kept: the credential is one
/// of this hub's, and the site has not used up what it may cost.
struct Callers: Sendable {
    let site: Site
    let agent: HubAgent

    func identify(_ lane: ExchangeRequest.Lane) -> Identify {
        { head, _ in self.identify(head, lane) }
    }

    private func identify(_ head: RequestHead, _ lane: ExchangeRequest.Lane) -> Identification {
        switch credential(head.headers) {
        case .failure(let refusal): return .refused(refusal.response)
        case .success(let shown):
            if let wait = agent.wait(of: shown.site, before: lane) {
                site.log.line("exchange", about: shown.site.text, kind: "told to wait", "429: \(wait.reason)")
                return .refused(Self.wait(wait))
            }
            return .caller(
                Caller("\(shown.site.text) \(lane)", requestsMax: ReplicationLimits.requestsInLane))
        }
    }

    /// Whose credential is shown; whether it still stands is in the database, and looked up later.
    func credential(_ headers: Headers) -> Result<(site: SiteID, serial: Int64), Refusal> {
        let shown = headers["Authorization"] ?? ""
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
        return .success((sender, serial))
    }

    private static func wait(_ wait: (milliseconds: Int64, reason: String)) -> Response {
        var response = Response.problem(status: .tooManyRequests, detail: wait.reason)
        response.headers["Retry-After"] = "\((wait.milliseconds + 999) / 1_000)"
        return response
    }
}

/// An answer that refuses a caller.
struct Refusal: Error {
    let response: Response

    init(_ status: Status, _ detail: String) {
        response = .problem(status: status, detail: detail)
    }
}
