import Replication
import SQLite
import Synchronization

/// Carries requests and answers between a hub and a branch in one process, as bytes.
struct TestExchange {
    let hub: TestNode
    let branch: TestNode

    /// Exchanges until the branch has nothing to send, to read or to acknowledge.
    func sync() throws {
        try exchange(.hello)
        for _ in 0..<1_000 {
            if try branch.site.read({ try $0.life().backlog }) > 0 { try exchange(.push) }
            let applied = try exchange(.poll)
            let isQuiet = applied.entries == 0 && !applied.hasMore && !applied.hasAcknowledgements
            if try isQuiet && branch.site.read({ try $0.life().backlog }) == 0 { return }
        }
        throw RawClient.Failure(what: "the exchange does not come to rest")
    }

    @discardableResult
    func exchange(_ lane: ExchangeRequest.Lane) throws -> Session.Applied {
        let number = ExchangeRequest.Number(start: branch.site.start, count: TestCounts.next())
        let request = try branch.write { session, now in
            try session.request(
                lane, number: number,
                Session.Circumstances(now: now, wallClock: now, isMeasured: true, software: "test"))
        }
        let received = try ExchangeRequest(encoded: request.encoded)
        let site = branch.site.configuration.site
        let taken = try hub.write { session, now in try session.take(received, from: site, at: now) }
        let answer = try hub.site.read { store in
            var answer = taken
            answer.received = hub.site.now()
            answer.sent = answer.received
            if lane == .poll { try store.fill(&answer, for: received, of: site) }
            return answer
        }
        let read = try ExchangeAnswer(encoded: answer.encoded)
        return try branch.write { session, _ in try session.apply(read, to: request) }
    }
}

/// Requests of one process are numbered upwards over all lanes and all exchanges.
private enum TestCounts {
    private static let last = Mutex<UInt32>(0)

    static func next() -> UInt32 {
        Self.last.withLock { last in
            last += 1
            return last
        }
    }
}
