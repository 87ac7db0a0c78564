import Testing

@testable import Replication

struct ChangedSinceTests {
    private let province: TestProvince
    private let branch: TestSite
    private let other: TestSite
    private let ticket: EntityID
    private static let tags = Field(rawValue: 7)
    private static let role = Grant(person: "Li", role: "approver")

    init() throws {
        province = try TestProvince(branches: 2)
        branch = province.branches[0]
        other = province.branches[1]
        ticket = try province.ticket(at: branch, sharedWith: [other])
        try province.write(.add(Self.tags, .text("red")), .grant(Self.role), on: ticket, at: branch)
        try province.converge()
    }

    private func shown() throws -> RowVersion {
        RowVersion(origin: try branch.life().origin, version: try #require(try branch.store.row(ticket)).version)
    }

    private func items(_ edits: [Edit], shown: RowVersion) throws -> [ChangedSince.Item] {
        let before = try branch.life().chain
        let draft = Draft(entity: ticket, edits: edits, actor: "clerk", shown: shown)
        let outcome = try branch.session { try $0.write(draft, at: province.now) }
        guard case .changedSince(let stale) = outcome else { return [] }
        #expect(try branch.life().chain == before)
        return stale.items
    }

    private static let move = Edit.transition(Transition(name: "take", from: ["new"], to: "work"))
    private static let close = Edit.transition(Transition(name: "close", from: ["new", "work"], to: "done"))

    @Test(
        "an edit of what has changed since the author looked is stopped; any other goes through",
        arguments: [
            (TestProvince.title("theirs"), TestProvince.title("mine")),
            (.add(tags, .text("blue")), .add(tags, .text("blue"))),
            (.remove(tags, .text("red")), .remove(tags, .text("red"))), (move, close),
            (
                .vote(Vote(round: 1, department: "law", choice: .approve)),
                .vote(Vote(round: 1, department: "net", choice: .veto))
            ),
            (.revoke(role), .grant(role)),
        ])
    func touched(_ theirs: Edit, _ mine: Edit) throws {
        let shown = try shown()
        #expect(try items([TestProvince.note("untouched")], shown: shown).isEmpty)
        try province.write([theirs], on: ticket, at: other)
        try province.converge()
        #expect(try items([mine], shown: shown).count == 1)
        #expect(try items([TestProvince.note("a"), TestProvince.remark("b")], shown: shown).isEmpty)
        #expect(try items([mine], shown: try self.shown()).isEmpty)
    }

    @Test("two clerks at one counter: the second is shown both values, and nothing is written")
    func oneCounter() throws {
        let shown = try shown()
        try province.write(TestProvince.title("first clerk"), on: ticket, at: branch, shown: shown)
        let items = try items([TestProvince.title("second clerk")], shown: shown)
        #expect(items.count == 1)
        #expect(items.first?.subject == .field(TestDomain.title))
        #expect(items.first?.shown == .text("broken line"))
        #expect(items.first?.current == .text("first clerk"))
        #expect(items.first?.wanted == .text("second clerk"))
    }

    @Test("a set element, a round and a role that others did not touch are free")
    func untouchedNeighbours() throws {
        let shown = try shown()
        try province.write(
            .add(Self.tags, .text("blue")), .vote(Vote(round: 1, department: "law", choice: .approve)),
            .revoke(Self.role), on: ticket, at: other)
        try province.converge()
        let mine: [Edit] = [
            .add(Self.tags, .text("green")), .vote(Vote(round: 2, department: "law", choice: .approve)),
            .grant(Grant(person: "Li", role: "reader")), Self.move,
        ]
        #expect(try items(mine, shown: shown).isEmpty)
    }

    @Test("a version that another origin counted counts for nothing")
    func otherOrigin() throws {
        let shown = RowVersion(origin: OriginID(raw: 0xDEAD), version: try shown().version)
        #expect(try items([TestProvince.title("mine")], shown: shown).count == 1)
        #expect(try items([TestProvince.remark("never set")], shown: shown).isEmpty)
    }

    @Test("an author who was shown a value that the hub has refused since is stopped")
    func refusedSince() throws {
        branch.domain = TestDomain.permissive
        try province.write(TestProvince.title("forbidden"), on: ticket, at: branch)
        let shown = try shown()
        try province.converge()
        let items = try items([TestProvince.title("mine")], shown: shown)
        #expect(items.map(\.shown) == [.text("forbidden")])
        #expect(items.map(\.current) == [.text("broken line")])
        #expect(try self.items([TestProvince.title("mine")], shown: try self.shown()).isEmpty)
    }

    @Test("an author who was shown an order that corrected times have changed since is stopped")
    func correctedSince() throws {
        try branch.restart(ahead: 3_600_000)
        try province.write(TestProvince.title("an hour ahead"), on: ticket, at: branch)
        province.now += 60_000
        try province.write(TestProvince.title("theirs"), on: ticket, at: other)
        try province.sync(other)
        try province.exchange(.poll, branch)
        try province.exchange(.poll, branch)
        #expect(try province.title(of: ticket, at: branch) == "an hour ahead")
        let shown = try shown()
        try province.converge()
        #expect(try province.title(of: ticket, at: branch) == "theirs")
        #expect(try items([TestProvince.title("mine")], shown: shown).count == 1)
        #expect(try items([TestProvince.title("mine")], shown: try self.shown()).isEmpty)
    }
}
