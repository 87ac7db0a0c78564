import Node
import Replication

/// Carries the exchange of a branch that compares and fetches, both ends open here: every request and every answer as
/// the bytes that would travel.
struct BootstrapLine {
    /// More steps than any comparison of an empty database takes.
    private static let stepsMax = 100_000

    private let branch: Site
    private let hub: Site
    private var count: UInt32 = 0

    init(_ branch: Site, _ hub: Site) {
        self.branch = branch
        self.hub = hub
    }

    /// Compares, and polls until nothing is left to be told.
    mutating func fetchAll() throws {
        var lane = ExchangeRequest.Lane.hello
        for _ in 0..<Self.stepsMax {
            let applied = try exchange(lane)
            switch lane {
            case .hello: lane = applied?.mustCompare ?? false ? .compare : .poll
            case .compare: if let applied, !applied.mustCompare { lane = .poll }
            default: if let applied, !applied.hasMore, !applied.hasBrought, !applied.hasAcknowledgements { return }
            }
        }
        throw CommandError(.no, "fill a new machine", reason: "there is always more to fetch", remedy: "report this")
    }

    /// - Returns: nil if there was nothing to send yet.
    private mutating func exchange(_ lane: ExchangeRequest.Lane) throws -> Session.Applied? {
        count += 1
        let number = ExchangeRequest.Number(start: branch.start, count: count)
        let request = try branch.perform("bench") { session, now in
            try session.request(
                lane, number: number,
                Session.Circumstances(now: now, wallClock: now, isMeasured: true, software: Software.version))
        }
        guard !request.isEmpty else { return nil }
        let received = try ExchangeRequest(encoded: request.encoded)
        let sender = branch.configuration.site
        let (head, now) = try hub.perform("bench") { session, now in
            (try session.take(received, from: sender, at: now), now)
        }
        var filled = try hub.read { try $0.filled(head, for: received, of: sender) }
        filled.sent = now
        let answer = filled.encoded
        let taken = try ExchangeAnswer(encoded: answer)
        var random = SystemRandomNumberGenerator()
        let fresh = OriginID(raw: random.next())
        return try branch.perform("bench") { session, now in
            try session.apply(taken, to: request, fresh: fresh, at: now)
        }
    }
}
