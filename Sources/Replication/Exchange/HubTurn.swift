/// What one turn at the hub's writer made of a request.
public struct HubTurn: Sendable {
    /// The answer but for the feed.
    public let answer: ExchangeAnswer
    /// Whether there is nothing to say yet, so that a poll may be held; a refusal is said at once.
    public let isQuiet: Bool
    /// Province time of the turn, in milliseconds.
    public let time: Int64
    /// What refusing changes cost, in bytes, by the site that made them.
    public let refusedBytes: [SiteID: Int]
}

extension ExchangeAnswer {
    /// Whether nobody may be told the time that this answer would carry: it is answered as a hub that is not there is,
    /// with status 503, which every version of a branch takes for a reason to try again later.
    public var isWithheld: Bool { refusal?.kind == .unsureOfTime }
}

extension Session {
    /// Takes a request as ``take(_:from:at:)`` does, and says what the hub's machine must know of it.
    public mutating func turn(
        _ request: ExchangeRequest, from site: SiteID, at milliseconds: Int64
    ) throws -> HubTurn {
        let answer = try take(request, from: site, at: milliseconds)
        let hasFeed = try store.hasFeed(for: site, after: request.cursor.chain.number)
        // A standby is told more with its next poll, whether or not this one brings anything.
        let isQuiet =
            try request.isQuiet && !hasFeed && answer.refusal == nil && store.peer(site: site)?.entering == nil
        return HubTurn(answer: answer, isQuiet: isQuiet, time: milliseconds, refusedBytes: refusedBytes)
    }
}

extension ExchangeRequest {
    /// Whether it acknowledges nothing and asks for nothing, so that it may be held.
    fileprivate var isQuiet: Bool { withdrawn.isEmpty && whole.isEmpty && wishes.isEmpty }
}

extension SiteStore {
    /// Only a poll's place in the feed has been proved: a push may have been overtaken.
    private func confirm(_ answer: inout ExchangeAnswer, to request: ExchangeRequest, of site: SiteID) {
        let isKnowing = request.protocols.highest >= ProtocolRange.sections
        guard !sealKey.isEmpty, isKnowing else { return }
        answer.storedCode = Receipt.code(
            "stored", answer.stored, request.origin, of: site, in: answer.epoch, key: sealKey)
        guard request.lane == .poll else { return }
        answer.feedCode = Receipt.code("feed", answer.feed, request.origin, of: site, in: answer.epoch, key: sealKey)
    }

    /// The answer that a turn made, with the next part of the feed where the lane carries one.
    /// - Parameter budget: bytes of changes.
    public func filled(
        _ answer: ExchangeAnswer, for request: ExchangeRequest, of site: SiteID,
        budget: Int = ReplicationLimits.bytesInAnswer
    ) throws -> ExchangeAnswer {
        var answer = answer
        guard answer.refusal == nil else { return answer }
        if request.lane == .poll { try fill(&answer, for: request, of: site, budget: budget) }
        confirm(&answer, to: request, of: site)
        if request.lane == .poll, let peer = try peer(site: site) { try askBack(&answer, of: peer) }
        if request.lane == .attachments { try fillAttachments(&answer, for: request, of: site) }
        if let step = request.compare, answer.compare == nil, let peer = try peer(site: site) {
            answer.compare = try compareAnswer(to: step, of: peer)
        }
        return answer
    }
}
