import Hashing
import Testing

@testable import Replication

@Suite("Answers that the hub this site follows would not give")
struct StrangeAnswerTests {
    private let province: TestProvince
    private let branch: TestSite
    private let ticket: EntityID

    init() throws {
        province = try TestProvince(branches: 1)
        branch = province.branches[0]
        ticket = try province.ticket(at: branch)
        try province.converge()
    }

    /// What becomes of the hub's answer to a request after `alter` has had it.
    private func outcome(
        _ lane: ExchangeRequest.Lane, _ alter: (inout ExchangeAnswer) -> Void
    ) throws -> ReplicationError.Kind? {
        let message = try province.prepare(lane, at: branch)
        var answer = try ExchangeAnswer(encoded: province.deliver(message.bytes, from: branch))
        alter(&answer)
        let altered = answer
        let before = try branch.life()
        let kind = failure { try province.apply(altered.encoded, to: message, at: branch) }
        let after = try branch.life()
        #expect(after.cursor == before.cursor && after.acknowledged == before.acknowledged)
        #expect(after.clock == before.clock)
        return kind
    }

    @Test("another hub's answer is foreign whatever else it says, and asked for again; it stops nothing for good")
    func anotherHub() throws {
        let other = Epoch(number: 7, random: 0xBAD)
        for lane in [.poll, .push] as [ExchangeRequest.Lane] {
            if lane == .push { try province.write(TestProvince.note("new"), on: ticket, at: branch) }
            #expect(
                try outcome(lane) { answer in
                    answer.epoch = other
                    answer.highest = ExchangeRequest.Number(start: 9_999, count: 9_999)
                    answer.refusal = .init(kind: .forked, message: "You are a copy.", remedy: "Stop.")
                } == .foreign)
        }
        #expect(ReplicationError(.foreign, "", remedy: "").isRecoverable)
        try province.converge()
        try province.checkAgreement()
    }

    @Test("a later epoch is believed only from who knows the site's credential, an earlier one from nobody")
    func epochs() throws {
        let hello = try province.prepare(.hello, at: branch).request
        func answer(_ number: UInt32, knowing credential: String?) -> ExchangeAnswer {
            var answer = ExchangeAnswer(
                request: hello.number, epoch: Epoch(number: number, random: 1), stored: .start, feed: .start)
            if let credential { answer.proveEpoch(to: hello, credential: credential) }
            return answer
        }
        try answer(2, knowing: "branch-1.1.key").check(answers: hello, credential: "branch-1.1.key")
        for wrong in [
            answer(2, knowing: "branch-2.1.key"), answer(2, knowing: nil), answer(0, knowing: "branch-1.1.key"),
        ] {
            #expect(throws: ReplicationError.self) {
                try wrong.check(answers: hello, credential: "branch-1.1.key")
            }
        }
    }

    @Test("a feed that does not continue what was read is foreign")
    func anotherFeed() throws {
        #expect(
            try outcome(.poll) { $0.feed = Chain(number: 5, digest: Digest128(high: 1, low: 1)) } == .foreign)
        #expect(
            try outcome(.poll) { answer in
                answer.entries = [FeedEntry(number: 1 << 40, content: .withdraw(ticket))]
            } == .foreign)
        #expect(try branch.store.row(ticket)?.isWithdrawn == false)
    }

    @Test("an answer to a request that was never made is passed over")
    func neverAsked() throws {
        #expect(
            try outcome(.poll) { $0.request = ExchangeRequest.Number(start: 3, count: 77) } == .stale)
    }

    @Test("changes stamped far ahead of the hub's own time do not carry the site's clock away")
    func farAhead() throws {
        let change = Change(
            origin: OriginID(raw: 0xFE), sequence: 1, stamp: Stamp(milliseconds: province.now + 86_400_000),
            entity: ticket, seen: VersionVector([]), actor: "x", edits: [TestProvince.note("x")])
        #expect(
            try outcome(.poll) { answer in
                answer.entries = [FeedEntry(number: answer.feed.number + 1, content: .change(change))]
                answer.feed.append(change.hash, number: answer.feed.number + 1)
            } == .malformed)
    }

    @Test("what says that the hub holds other changes of this site than it has written stops the exchange")
    func otherChanges() throws {
        let tip = try branch.life().chain.number
        #expect(try outcome(.poll) { $0.stored = Chain(number: tip + 1, digest: .zero) } == .forked)
    }

    @Test("changes come with a push only, and a name of software is at most 64 bytes")
    func requests() throws {
        try province.write(TestProvince.note("new"), on: ticket, at: branch)
        var push = try province.prepare(.push, at: branch).request
        push.lane = .hello
        #expect(failure { try ExchangeRequest(encoded: push.encoded) } == .malformed)
        push.lane = .push
        push.software = String(repeating: "s", count: ReplicationLimits.bytesInSoftware)
        #expect(failure { try ExchangeRequest(encoded: push.encoded) } == nil)
        push.software += "s"
        #expect(failure { try ExchangeRequest(encoded: push.encoded) } == .malformed)
    }
}
