import Node
import Replication

/// Carries the exchange between a branch and a hub that are both open here: every request and every answer as the
/// bytes that would travel.
struct DirectLine {
    /// A request with changes, as it leaves.
    struct Push: Sendable {
        let frame: [UInt8]
        let changes: Int
    }

    /// A hub taking a frame from a site.
    typealias Take = (_ frame: [UInt8], _ hub: Site, _ sender: SiteID) throws -> ExchangeAnswer

    let branch: Site
    let hub: Site
    private var counts: [UInt32] = [0, 0, 0]

    init(_ branch: Site, _ hub: Site) {
        self.branch = branch
        self.hub = hub
    }

    /// Sends all that waits at the branch, and gives what travelled.
    mutating func pushAll() throws -> [Push] {
        _ = try exchange(.hello, Self.take)
        var pushes: [Push] = []
        while let push = try exchange(.push, Self.take) { pushes.append(push) }
        return pushes
    }

    /// Opens the exchange.
    mutating func hello() throws { _ = try exchange(.hello, Self.take) }

    /// Polls once, without reading a feed.
    /// - Parameter take: what the hub does with the frame, for whoever measures it.
    mutating func poll(_ take: Take) throws { _ = try exchange(.poll, take) }

    /// - Returns: what was sent, or nil if there was nothing.
    private mutating func exchange(_ lane: ExchangeRequest.Lane, _ take: Take) throws -> Push? {
        counts[Int(lane.rawValue)] += 1
        let number = ExchangeRequest.Number(start: branch.start, count: counts[Int(lane.rawValue)])
        let request = try branch.perform("bench") { session, now in
            try session.request(
                lane, number: number,
                Session.Circumstances(now: now, wallClock: now, isMeasured: true, software: Software.version))
        }
        let frame = request.encoded
        let answer = try take(frame, hub, branch.configuration.site).encoded
        let received = try ExchangeAnswer(encoded: answer)
        _ = try branch.perform("bench") { session, _ in try session.apply(received, to: request) }
        return request.changes.isEmpty ? nil : Push(frame: frame, changes: request.changes.count)
    }

    /// What the hub does with a frame that has come: reads it and takes it, in one transaction.
    @discardableResult
    static func take(_ frame: [UInt8], at hub: Site, from sender: SiteID) throws -> ExchangeAnswer {
        let request = try ExchangeRequest(encoded: frame)
        return try hub.perform("bench") { session, now in try session.take(request, from: sender, at: now) }
    }
}
