import Testing

@testable import Replication

struct DamagedMessageTests {
    private let province: TestProvince
    private let branch: TestSite
    private let ticket: EntityID

    init() throws {
        province = try TestProvince(branches: 2)
        branch = province.branches[0]
        ticket = try province.ticket(at: branch, sharedWith: [province.branches[1]])
        try province.write(TestProvince.note("a"), on: ticket, at: branch)
        try province.write(TestProvince.note("b"), on: ticket, at: branch)
        try province.exchange(.hello, branch)
    }

    /// Seals a request anew after it was altered, and gives the hub's refusal.
    private func refusal(_ alter: (inout ExchangeRequest) -> Void) throws -> ReplicationError.Kind? {
        var request = try province.prepare(.push, at: branch).request
        alter(&request)
        let before = try province.logCount(at: province.hub)
        let answer = try ExchangeAnswer(encoded: try province.deliver(request.encoded, from: branch))
        #expect(try province.logCount(at: province.hub) == before)
        #expect(try province.hub.store.tip(of: request.origin) == .start)
        return answer.refusal?.kind
    }

    private func checkRecovery() throws {
        try province.converge()
        try province.checkAgreement()
        #expect(try province.state(ticket, at: province.hub).notes == 2)
    }

    @Test("a push that is cut anywhere is refused whole, and the next one is taken")
    func cutRequest() throws {
        let message = try province.prepare(.push, at: branch)
        for length in 0..<message.bytes.count {
            #expect(failure { try province.deliver(Array(message.bytes.prefix(length)), from: branch) } == .malformed)
        }
        #expect(try province.hub.store.tip(of: message.request.origin) == .start)
        try checkRecovery()
    }

    @Test("a push with a flipped bit is refused whole, and the next one is taken")
    func flippedRequest() throws {
        let message = try province.prepare(.push, at: branch)
        for index in message.bytes.indices {
            var bytes = message.bytes
            bytes[index] ^= 1 << UInt8(index % 8)
            #expect(failure { try province.deliver(bytes, from: branch) } == .malformed)
        }
        #expect(try province.hub.store.tip(of: message.request.origin) == .start)
        try checkRecovery()
    }

    @Test("a frame over 4 MiB is refused as oversized before it is read")
    func oversizedRequest() throws {
        let message = try province.prepare(.push, at: branch)
        let bytes = message.bytes + Array(repeating: 0, count: ReplicationLimits.bytesInFrame)
        #expect(failure { try province.deliver(bytes, from: branch) } == .oversized)
        try checkRecovery()
    }

    @Test("a batch whose content was altered and sealed anew is refused by its chain, and stores nothing")
    func alteredBatch() throws {
        let kind = try refusal { request in
            let change = request.changes[1]
            request.changes[1] = Change(
                origin: change.origin, sequence: change.sequence, stamp: change.stamp, entity: change.entity,
                seen: change.seen, actor: change.actor, edits: [TestProvince.note("forged")])
        }
        #expect(kind == .malformed)
        try checkRecovery()
    }

    @Test("a batch with a change left out is refused whole")
    func gap() throws {
        #expect(try refusal { $0.changes.remove(at: 1) } == .malformed)
        try checkRecovery()
    }

    @Test("a batch with its last change left out is refused whole")
    func missingTail() throws {
        #expect(try refusal { $0.changes.removeLast() } == .malformed)
        try checkRecovery()
    }

    @Test("a batch that begins after what is held is refused, and the sender begins again from what is held")
    func beginsTooLate() throws {
        let kind = try refusal { request in
            var chain = Chain.start
            chain.append(request.changes[0].hash)
            request.before = chain
            request.changes.removeFirst()
        }
        #expect(kind == .stale)
        try checkRecovery()
    }

    @Test("a batch that continues another history than the one held is refused as forked")
    func otherHistory() throws {
        try province.exchange(.push, branch)
        try province.write(TestProvince.note("c"), on: ticket, at: branch)
        var request = try province.prepare(.push, at: branch).request
        var other = Chain(number: 3, digest: .zero)
        request.before = other
        other.append(request.changes[0].hash)
        request.after = other.digest
        let answer = try ExchangeAnswer(encoded: try province.deliver(request.encoded, from: branch))
        #expect(answer.refusal?.kind == .forked)
        #expect(try province.state(ticket, at: province.hub).notes == 2)
    }

    @Test("a change of another origin in a batch is refused with all of it")
    func foreignOrigin() throws {
        let kind = try refusal { request in
            let change = request.changes[0]
            request.changes[0] = Change(
                origin: OriginID(raw: 0x99), sequence: change.sequence, stamp: change.stamp, entity: change.entity,
                edits: change.edits)
        }
        #expect(kind == .malformed)
        try checkRecovery()
    }

    @Test("a batch that was taken is not taken again, neither under its own number nor under a new one")
    func replayedBatch() throws {
        let message = try province.prepare(.push, at: branch)
        let answer = try province.deliver(message.bytes, from: branch)
        let stored = try province.logCount(at: province.hub)
        let again = try ExchangeAnswer(encoded: try province.deliver(message.bytes, from: branch))
        #expect(again.refusal?.kind == .stale)
        var renumbered = message.request
        renumbered.number = branch.nextNumber(.push)
        let known = try ExchangeAnswer(encoded: try province.deliver(renumbered.encoded, from: branch))
        #expect(known.refusal == nil)
        #expect(known.stored.number == 3)
        #expect(try province.logCount(at: province.hub) == stored)
        try province.apply(answer, to: message, at: branch)
        try checkRecovery()
    }

    @Test("a damaged, foreign or altered answer changes nothing at the branch, and the next one does")
    func damagedAnswer() throws {
        try province.converge()
        let other = province.branches[1]
        try province.write(TestProvince.note("c"), on: ticket, at: other)
        try province.exchange(.push, other)
        let message = try province.prepare(.poll, at: branch)
        let answer = try province.deliver(message.bytes, from: branch)
        let before = try branch.life()
        for index in answer.indices {
            var bytes = answer
            bytes[index] ^= 1 << UInt8(index % 8)
            #expect(failure { try province.apply(bytes, to: message, at: branch) } == .malformed)
            let cut = Array(answer.prefix(index))
            #expect(failure { try province.apply(cut, to: message, at: branch) } == .malformed)
        }
        var altered = try ExchangeAnswer(encoded: answer)
        altered.entries[0] = FeedEntry(number: altered.entries[0].number, content: .withdraw(ticket))
        #expect(failure { try province.apply(altered.encoded, to: message, at: branch) } == .foreign)
        let later = try province.prepare(.poll, at: branch)
        #expect(failure { try province.apply(answer, to: later, at: branch) } == .stale)
        #expect(try branch.life().cursor == before.cursor)
        #expect(try province.state(ticket, at: branch).notes == 2)
        #expect(try branch.store.row(ticket)?.isWithdrawn == false)
        try province.converge()
        #expect(try province.state(ticket, at: branch).notes == 3)
    }
}
