import SQLite
import Testing

@testable import Replication

struct DecisionTests {
    private static let hubKey: [UInt8] = Array("the hub's own key".utf8)
    private static let charge = "charge 4711"

    /// Asks at a branch for what may happen once; gives the request's name and its ticket.
    private func ask(
        _ province: TestProvince, at site: TestSite, key: String = charge
    ) throws -> (request: ChangeReference, ticket: EntityID) {
        let ticket = try province.ticket(at: site)
        let request = OnceRequest(purpose: "refund", key: key, amount: 5_000, reason: "double charge")
        let written = try province.write(.request(request), on: ticket, at: site)
        try province.sync(site)
        return (written.change.reference, ticket)
    }

    @discardableResult
    private func decide(
        _ province: TestProvince, _ request: ChangeReference, _ outcome: Answer.Outcome = .granted
    ) throws -> Decision {
        province.now += 1
        return try province.hub.session {
            try $0.decide(
                request, outcome, reason: "because", actor: "supervisor", hubKey: Self.hubKey, at: province.now)
        }
    }

    private func outcome(of request: ChangeReference, _ ticket: EntityID, at site: TestSite) throws -> Answer.Outcome? {
        try site.store.row(ticket)?.state.answer(to: request)?.outcome
    }

    @Test("two branches ask for one key: one is granted, the other refused with the reason, and one effect is released")
    func twoAsk() throws {
        let province = try TestProvince(branches: 3)
        let first = try ask(province, at: province.branches[0])
        let second = try ask(province, at: province.branches[1])
        try province.converge()
        #expect(try decide(province, first.request) == .marked)
        let refusal = try decide(province, second.request)
        guard case .answered(let answer) = refusal else {
            Issue.record("the second request was not answered")
            return
        }
        #expect(answer.outcome == .refused)
        #expect(answer.reason.contains("granted to another request"))
        try province.converge()
        try province.checkAgreement()
        #expect(try outcome(of: first.request, first.ticket, at: province.branches[0]) == .granted)
        #expect(try outcome(of: second.request, second.ticket, at: province.branches[1]) == .refused)
        let effects = try province.hub.store.effects(in: .pending)
        #expect(effects.map(\.request) == [first.request.description])
        #expect(effects.map(\.amount) == [5_000])
        #expect(effects.map(\.entity) == [first.ticket])
    }

    @Test("asking again returns what was decided, before and after it is final, and changes nothing")
    func again() throws {
        let province = try TestProvince(branches: 1)
        let (request, ticket) = try ask(province, at: province.branches[0])
        try decide(province, request)
        let before = try province.hub.life().chain
        #expect(try decide(province, request, .refused) == .marked)
        #expect(try province.hub.life().chain == before)
        try province.converge()
        let stored = try #require(try province.state(ticket, at: province.hub).answer(to: request))
        let count = try province.logCount(at: province.hub)
        #expect(try decide(province, request, .refused) == .answered(stored))
        #expect(try decide(province, request, .granted) == .answered(stored))
        #expect(stored.outcome == .granted)
        #expect(try province.logCount(at: province.hub) == count)
        #expect(try province.hub.store.effects(in: .pending).count == 1)
    }

    @Test("a refusal is final at once, uses up no key and releases nothing")
    func refusal() throws {
        let province = try TestProvince(branches: 1)
        let first = try ask(province, at: province.branches[0])
        let answer = Answer(request: first.request, outcome: .refused, reason: "because")
        #expect(try decide(province, first.request, .refused) == .answered(answer))
        #expect(try decide(province, first.request, .granted) == .answered(answer))
        #expect(try province.hub.database.first("SELECT count(*) FROM once") { $0.int(0) } == 0)
        let second = try ask(province, at: province.branches[0])
        try decide(province, second.request)
        try province.converge()
        #expect(try outcome(of: first.request, first.ticket, at: province.branches[0]) == .refused)
        #expect(try outcome(of: second.request, second.ticket, at: province.branches[0]) == .granted)
        #expect(try province.hub.store.effects(in: .pending).map(\.request) == [second.request.description])
    }

    @Test("a request that is not admitted here is not decided")
    func unknownRequest() throws {
        let province = try TestProvince(branches: 1)
        let unheard = ChangeReference(origin: OriginID(raw: 0xB1), sequence: 9)
        #expect(failure { try decide(province, unheard) } == .notFound)
        let (request, _) = try ask(province, at: province.branches[0])
        let noRequest = ChangeReference(origin: request.origin, sequence: 1)
        #expect(failure { try decide(province, noRequest) } == .notFound)
    }

    @Test("a marker holds neither the key nor the amount nor the request, and goes to everyone")
    func noClearText() throws {
        let province = try TestProvince(branches: 3)
        let (request, _) = try ask(province, at: province.branches[0])
        let from = province.answers.count
        try decide(province, request)
        try province.converge()
        for site in province.branches {
            let markers = try site.database.all("SELECT body FROM log JOIN entity ON number = entity WHERE kind = 2") {
                $0.blob(0)
            }
            #expect(markers.count == 1)
            for text in ["4711", "refund", "because", "double"] {
                #expect(!markers.contains { holds($0, text) })
            }
        }
        for site in province.branches.dropFirst() { #expect(!province.hasSent("4711", to: site, from: from)) }
        let other = Session.keyedHash(of: OnceRequest(purpose: "refund", key: Self.charge, amount: 1), [1, 2, 3])
        let own = Session.keyedHash(of: OnceRequest(purpose: "refund", key: Self.charge, amount: 2), Self.hubKey)
        #expect(other != own)
    }

    @Test("a second marker for a key stops the branch that meets it")
    func secondMarker() throws {
        let province = try TestProvince(branches: 1)
        let branch = province.branches[0]
        let (request, _) = try ask(province, at: branch)
        try decide(province, request)
        try province.converge()
        // What a second hub, or one that had been put back, would do: decide the key once more.
        try province.hub.database.run("DELETE FROM once")
        let key = try #require(try province.hub.database.first("SELECT id FROM entity WHERE kind = 2") { $0.blob(0) })
        let marker = try #require(EntityID(kind: .marker, bytes: key))
        let epoch = TestProvince.epoch
        let draft = Draft(
            entity: marker,
            edits: [
                .create(Creation()), .assign(MarkerField.epochNumber, .integer(Int64(epoch.number))),
                .assign(MarkerField.epochRandom, .integer(Int64(bitPattern: epoch.random))),
            ], actor: "supervisor")
        _ = try province.hub.session { try $0.write(draft, at: province.now) }
        let cursor = try branch.life().cursor
        #expect(failure { try province.exchange(.poll, branch) } == .foreign)
        #expect(failure { try province.exchange(.poll, branch) } == .foreign)
        #expect(try branch.life().cursor == cursor)
    }

    @Test("answer, end of the key's waiting and effect are one transaction: undone together, done together")
    func oneTransaction() throws {
        let province = try TestProvince(branches: 1)
        let branch = province.branches[0]
        let (request, ticket) = try ask(province, at: branch)
        try decide(province, request)
        try province.exchange(.poll, branch)
        let message = try province.prepare(.poll, at: branch)
        let taken = try ExchangeRequest(encoded: message.bytes)
        struct Crash: Error {}
        #expect(throws: Crash.self) {
            try province.hub.session { session in
                _ = try session.take(taken, from: branch.id, at: province.now)
                #expect(try session.store.effects(in: .pending).count == 1)
                throw Crash()
            }
        }
        #expect(try province.hub.store.effects(in: .pending).count == 0)
        #expect(try outcome(of: request, ticket, at: province.hub) == nil)
        _ = try province.deliver(message.bytes, from: branch)
        #expect(try province.hub.store.effects(in: .pending).count == 1)
        #expect(try outcome(of: request, ticket, at: province.hub) == .granted)
        try province.converge()
        #expect(try province.hub.store.effects(in: .pending).count == 1)
    }

    @Test("an effect that was being attempted when the process ended is uncertain, and no other is")
    func uncertain() throws {
        let province = try TestProvince(branches: 1)
        for key in ["a", "b", "c"] {
            try decide(province, try ask(province, at: province.branches[0], key: key).request)
        }
        try province.converge()
        let effects = try province.hub.store.effects(in: .pending)
        #expect(effects.count == 3)
        try province.hub.store.set(.attempting, of: effects[0].number)
        try province.hub.store.set(.attempting, of: effects[1].number)
        try province.hub.store.set(.sent, of: effects[1].number)
        try province.hub.restart()
        try province.hub.store.markAttemptedUncertain()
        #expect(try province.hub.store.effects(in: .uncertain).map(\.number) == [effects[0].number])
        #expect(try province.hub.store.effects(in: .sent).map(\.number) == [effects[1].number])
        #expect(try province.hub.store.effects(in: .pending).map(\.number) == [effects[2].number])
    }
}
