import Glibc
import Replication
import Testing

@testable import Node

@Suite("What waits at a hub")
struct JudgingInTurnsTests {
    private let hub: TestNode
    private let author: TestNode
    private let creator: TestNode
    private let ticket = EntityID(kind: .ticket, high: 77, low: 77)

    init() throws {
        hub = try TestNode.hub()
        author = try TestNode.branch(TestDocuments.branches[0], of: hub)
        creator = try TestNode.branch(TestDocuments.branches[1], of: hub)
    }

    /// A push of a site's first changes to the ticket, one for each list of edits.
    private func push(_ contents: [[Edit]], from node: TestNode, stampedFrom milliseconds: Int64) throws {
        let origin = try node.site.read { try $0.life().origin }
        var chain = Chain.start
        let changes = contents.enumerated().map { number, edits in
            let change = Change(
                origin: origin, sequence: UInt64(number + 1), stamp: Stamp(milliseconds: milliseconds + Int64(number)),
                entity: ticket, seen: VersionVector([]), actor: "x", edits: edits)
            chain.append(change.hash)
            return change
        }
        var request = ExchangeRequest(
            lane: .push, origin: origin, number: .init(start: 1, count: 1), acknowledged: .start,
            cursor: FeedCursor(epoch: .none, chain: .start))
        request.before = .start
        request.after = chain.digest
        request.changes = changes
        let (sent, site) = (request, node.site.configuration.site)
        _ = try hub.write { session, now in try session.take(sent, from: site, at: now) }
    }

    private func waiting() throws -> Int {
        try hub.site.read { try $0.database.first("SELECT count(*) FROM waiting") { $0.int(0) } ?? 0 }
    }

    @Test("more than one turn of the writer may judge is judged all the same, in further turns")
    func turns() throws {
        let path = try hub.openTicket()
        let opened = try #require(EntityID(kind: .ticket, text: String(path.split(separator: "/").last ?? "")))
        let creation = try hub.site.read { store in
            // The hub's seal is under what the hub has written, and only there.
            try store.row(opened).flatMap { try store.entries(of: $0.number).first?.change.edits }?.filter {
                if case .seal = $0 { false } else { true }
            }
        }
        let now = hub.site.now()
        let notes = (0..<250).map { [Edit.note(Note(text: "\($0)"))] }
        try push(notes, from: author, stampedFrom: now - 10_000)
        #expect(try waiting() == 250)
        try push([#require(creation)], from: creator, stampedFrom: now)
        for _ in 0..<2_000 where try waiting() > 0 { usleep(10_000) }
        #expect(try waiting() == 0)
        #expect(try hub.site.read { try $0.row(ticket)?.state.notes } == 250)
    }
}
