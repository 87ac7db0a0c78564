import Testing

@testable import Replication

struct RepeatedRequestTests {
    private let province: TestProvince
    private let branch: TestSite
    private let ticket: EntityID

    init() throws {
        province = try TestProvince(branches: 2)
        branch = province.branches[0]
        ticket = try province.ticket(at: branch)
        try province.converge()
    }

    private func key(_ content: String) -> IdempotencyKey {
        IdempotencyKey(client: "app", key: "request 1", content: Array(content.utf8))
    }

    @Test("a request that a client repeats with its key is carried out once, and answered with what it did")
    func repeated() throws {
        let first = try province.write(TestProvince.note("a"), on: ticket, at: branch, key: key("a"))
        let again = try province.write(TestProvince.note("a"), on: ticket, at: branch, key: key("a"))
        #expect(!first.isReplay)
        #expect(again.isReplay)
        #expect(again.change == first.change)
        try province.converge()
        let after = try province.write(TestProvince.note("a"), on: ticket, at: branch, key: key("a"))
        #expect(after.isReplay)
        try province.converge()
        #expect(try province.state(ticket, at: province.hub).notes == 1)
    }

    @Test("the same key with another content is refused and writes nothing")
    func reused() throws {
        try province.write(TestProvince.note("a"), on: ticket, at: branch, key: key("a"))
        #expect(
            failure { try province.write(TestProvince.note("b"), on: ticket, at: branch, key: key("b")) } == .keyReused)
        #expect(try province.state(ticket, at: branch).notes == 1)
    }

    @Test("another client's key of the same name is another key")
    func otherClient() throws {
        let other = IdempotencyKey(client: "web", key: "request 1", content: [1])
        try province.write(TestProvince.note("a"), on: ticket, at: branch, key: key("a"))
        #expect(try !province.write(TestProvince.note("b"), on: ticket, at: branch, key: other).isReplay)
    }

    @Test("a request that failed has not used its key")
    func failed() throws {
        #expect(
            failure { try province.write(TestProvince.title("forbidden"), on: ticket, at: branch, key: key("a")) }
                == .refused)
        #expect(try !province.write(TestProvince.note("a"), on: ticket, at: branch, key: key("a")).isReplay)
    }

    @Test("a creation that is repeated at another site with its key is one ticket")
    func repeatedElsewhere() throws {
        let key = key("create")
        let entity = key.entity(kind: TestDomain.ticket)
        let edits: [Edit] = [
            .create(Creation(state: "new")), TestProvince.home(branch), TestProvince.title("once"),
            .add(TestDomain.collaborators, .text("branch-2")),
        ]
        for site in province.branches { try province.write(edits, on: entity, at: site, key: key) }
        try province.converge()
        try province.checkAgreement()
        #expect(try province.state(entity, at: province.branches[1]).conflicts == [])
    }

    @Test("the key comes back with the history when a site's database is replaced")
    func replaced() throws {
        let first = try province.write(TestProvince.note("a"), on: ticket, at: branch, key: key("a"))
        try province.converge()
        let fresh = try province.replace(branch, origin: OriginID(raw: 0xD1))
        try province.converge()
        let again = try province.write(TestProvince.note("a"), on: ticket, at: fresh, key: key("a"))
        #expect(again.isReplay)
        #expect(again.change == first.change)
        #expect(try province.state(ticket, at: fresh).notes == 1)
    }
}
