import Foundation
import Replication
import ServiceDesk
import Standards
import Testing

@testable import Node

@Suite("Notices that are held, put off or interrupted")
struct HeldNoticeTests {
    /// The newest first.
    private static func kept(_ hub: TestNode) throws -> [Notice] {
        let shelf = hub.site.domain.shelf
        return try hub.site.read {
            try NoticeBook($0, shelf: shelf).list(state: nil, ticket: nil, before: nil, limit: 50)
        }
    }

    private static func book<T: Sendable>(
        _ hub: TestNode, _ body: @escaping @Sendable (NoticeBook, Int64) throws -> T
    ) throws -> T {
        let shelf = hub.site.domain.shelf
        return try hub.write { session, now in try body(NoticeBook(session.store, shelf: shelf), now) }
    }

    private static func remark(_ hub: TestNode) throws -> Doctor.Remark? {
        try Doctor.examine(hub.site.folder).first { $0.subject == "notices" }
    }

    @Test("a hub that nobody has told where to send holds its notices, and sends them once somebody has")
    func held() throws {
        let (hub, _) = try NoticeTests.pair()
        let rebuilt = try TestNode.rebuilt(hub)
        #expect(try NoticeSettings(folder: rebuilt.site.folder).hold == .notSet)
        #expect(try Self.remark(hub)?.level == .good)
        NoticeTests.hold(hub)
        _ = try NoticeTests.accepted(at: hub)
        #expect(try NoticeTests.states(hub) == ["queued"])
        #expect(try Self.remark(hub)?.text.contains("--gateway URL") == true)
        let gateway = try GatewayDouble()
        try NoticeTests.use(gateway, at: hub, honoursKeys: false)
        hub.site.tellOfNotices()
        #expect(try eventually { try NoticeTests.states(hub) == ["sent"] })
        #expect(gateway.heard.count == 1 && NoticeTests.lines(hub).isEmpty)
    }

    @Test("a gateway that cannot be reached cannot have taken a notice: it is tried again by itself")
    func unreachable() throws {
        let (hub, _) = try NoticeTests.pair()
        try NoticeTests.use("http://127.0.0.1:1/notices", at: hub, honoursKeys: false)
        _ = try NoticeTests.accepted(at: hub)
        #expect(try eventually { try (Self.kept(hub).first?.attempts ?? 0) >= 2 })
        let gateway = try GatewayDouble()
        try NoticeTests.use(gateway, at: hub, honoursKeys: false)
        #expect(try eventually { try NoticeTests.states(hub) == ["sent"] })
        #expect(gateway.heard.count == 1)
    }

    @Test("a damaged ticket keeps its own notice back, and nobody else's")
    func damaged() throws {
        let (hub, _) = try NoticeTests.pair()
        NoticeTests.hold(hub)
        for _ in 0..<2 { _ = try NoticeTests.accepted(at: hub) }
        _ = try hub.write { session, _ in
            try session.store.database.run(
                "UPDATE entity SET sum = ? WHERE number = (SELECT entity FROM notice ORDER BY number LIMIT 1)",
                [UInt8](repeating: 7, count: 3))
        }
        let gateway = try GatewayDouble()
        try NoticeTests.use(gateway, at: hub, honoursKeys: true)
        hub.site.tellOfNotices()
        #expect(
            try eventually {
                let notices = try Self.kept(hub)
                return notices.map(\.state) == [.sent, .queued] && notices.last?.reason == .unwritable
            })
        #expect(gateway.heard.count == 1)
    }

    @Test("a ticket that cannot be recorded keeps none of the others' notices back")
    func recorded() throws {
        let (hub, _) = try NoticeTests.pair()
        NoticeTests.hold(hub)
        _ = try NoticeTests.accepted(at: hub)
        let ticket = try #require(try Self.kept(hub).first?.entity)
        let isThrown = try hub.write { [shelf = hub.site.domain.shelf] session, now in
            try session.store.database.run("DELETE FROM notice")
            do {
                try NoticeBook(session.store, shelf: shelf).record([1 << 40, ticket], at: now)
                return false
            } catch { return true }
        }
        #expect(isThrown)
        #expect(try Self.kept(hub).map(\.entity) == [ticket])
    }

    @Test("a step that another has overtaken during its own attempt is not told of afterwards")
    func overtaken() throws {
        let (hub, branch) = try NoticeTests.pair()
        NoticeTests.hold(hub)
        let exchange = try NoticeTests.acceptApart(hub, branch)
        let notice = try #require(try Self.kept(hub).first)
        let begin = NoticeMark(.attempting, attempts: 0, next: 0)
        #expect(try Self.book(hub) { try $0.mark(begin, notice, at: $1) })
        try exchange.sync()
        #expect(try Self.kept(hub).last?.state == .attempting)
        let again = NoticeMark(.queued, attempts: 1, next: 0)
        #expect(try Self.book(hub) { try $0.mark(again, notice, at: $1) })
        let last = try #require(try Self.kept(hub).last)
        #expect(last.change == notice.change)
        #expect(last.state == .cancelled && last.reason == .overtaken)
    }

    @Test("what may have been sent and is overtaken then goes to nobody again")
    func overtakenInDoubt() throws {
        let (hub, branch) = try NoticeTests.pair()
        NoticeTests.hold(hub)
        let exchange = try NoticeTests.acceptApart(hub, branch)
        let notice = try #require(try Self.kept(hub).first)
        let begin = NoticeMark(.attempting, attempts: 0, next: 0)
        #expect(try Self.book(hub) { try $0.mark(begin, notice, at: $1) })
        try Self.book(hub) { try $0.begin(at: $1) }
        try exchange.sync()
        let last = try #require(try Self.kept(hub).first(where: { $0.change == notice.change }))
        #expect(last.state == .cancelled && last.reason == .overtakenInDoubt)
    }

    @Test("a step that counts again is told of; one that may have been told of before is in doubt")
    func countsAgain() throws {
        for (reason, state) in [(Notice.Reason.overtaken, Notice.State.queued), (.overtakenInDoubt, .uncertain)] {
            let (hub, _) = try NoticeTests.pair()
            NoticeTests.hold(hub)
            _ = try NoticeTests.accepted(at: hub)
            let ticket = try #require(try Self.kept(hub).first).entity
            let shelf = hub.site.domain.shelf
            _ = try hub.write { session, now in
                try session.store.database.run(
                    "UPDATE notice SET state = ?, reason = ?", Notice.State.cancelled.rawValue, reason.rawValue)
                try NoticeBook(session.store, shelf: shelf).record([ticket], at: now)
            }
            #expect(try Self.kept(hub).map(\.state) == [state])
        }
    }

    @Test("a new notice is due by any clock: the hub's may have run ahead, and be set back")
    func clockSetBack() throws {
        let (hub, _) = try NoticeTests.pair()
        NoticeTests.hold(hub)
        _ = try NoticeTests.accepted(at: hub)
        let notice = try #require(try Self.kept(hub).first)
        let due = try Self.book(hub) { book, _ in
            try book.next(at: notice.recorded - 86_400_000, repeatsUncertain: false).notice?.change
        }
        #expect(due == notice.change)
    }

    @Test("what was being attempted when the process ended is uncertain at its next start")
    func interrupted() throws {
        let (hub, _) = try NoticeTests.pair()
        NoticeTests.hold(hub)
        _ = try NoticeTests.accepted(at: hub)
        let notice = try #require(try Self.kept(hub).first)
        let begin = NoticeMark(.attempting, attempts: 0, next: 0)
        #expect(try Self.book(hub) { try $0.mark(begin, notice, at: $1) })
        try Self.book(hub) { try $0.begin(at: $1) }
        let found = try #require(try Self.kept(hub).first)
        #expect(found.state == .uncertain && found.reason == .interrupted)
        #expect(try Self.remark(hub)?.text.contains("1 uncertain") == true)
    }

    @Test("what has changed before notices are recorded is told of, though the beginning fails at first")
    func changedBefore() throws {
        let hub = try TestNode.hub(tellsCustomers: false)
        try Self.book(hub) { try $0.begin(at: $1) }
        let answer = try hub.post("/api/standards", text: NoticeTests.pack())
        #expect(answer.status == 201, "\(answer.text)")
        _ = try NoticeTests.accepted(at: hub)
        #expect(try Self.kept(hub).isEmpty)
        _ = try hub.write { session, _ in
            try session.store.database.run("ALTER TABLE notice_basis RENAME TO basis_aside")
        }
        let sender = NoticeSender(site: hub.site, firstPauseMilliseconds: 20) { _ in nil }
        defer { sender.close() }
        _ = try hub.write { session, _ in
            try session.store.database.run("ALTER TABLE basis_aside RENAME TO notice_basis")
        }
        #expect(try eventually { try NoticeTests.states(hub) == ["sent"] })
    }
}
