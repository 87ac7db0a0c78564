import Synchronization
import Testing

@testable import Replication
@testable import SQLite

/// Six people write at once, and the disk is full at one page more each time: what the group had done by then is there
/// whole or not at all.
struct FullDiskTests {
    private static let people = 6
    private static let groups = 5

    @Test("wherever the disk fills up, what was acknowledged is there, and log, row, sum and chain agree")
    func everyPage() throws {
        var stopped = 0
        for pages in 0..<40 {
            let province = try TestProvince(branches: 1)
            let branch = province.branches[0]
            let ticket = try province.ticket(at: branch)
            let told = try fill(branch, ticket, province.now, pages)
            try branch.restart()
            let row = try #require(try branch.store.row(ticket))
            let held = try branch.store.entries(of: row.number).map(\.change.reference)
            #expect(Set(told).isSubset(of: held), "with \(pages) pages more")
            #expect(try branch.life().chain.number == UInt64(held.count), "with \(pages) pages more")
            try province.checkLog(of: branch)
            #expect(try branch.store.verify(for: branch.id).problems == [])
            let clock = try branch.life().clock.highest
            for change in try branch.store.changes(of: row.number) { #expect(change.stamp <= clock) }
            try province.converge()
            #expect(try province.state(ticket, at: province.hub).notes == UInt64(held.count - 1))
            if told.count < Self.people * Self.groups { stopped += 1 }
        }
        #expect(stopped > 10, "the disk was hardly ever full")
    }

    /// - Returns: the changes of which somebody was told that they are saved.
    private func fill(_ site: TestSite, _ ticket: EntityID, _ now: Int64, _ pages: Int) throws -> [ChangeReference] {
        site.database.close()
        let database = try Database(path: site.path, mode: .readWriteCreate)
        let size = try database.first("PRAGMA page_count") { $0.int(0) } ?? 0
        try database.execute(SQL(trusted: "PRAGMA max_page_count = \(size + pages)"))
        let told = Told()
        let writer = GroupWriter(database: database)
        for group in 0..<Self.groups {
            for person in 0..<Self.people {
                // The third writes more than fits into a page.
                let text = String(repeating: "x", count: person == 2 ? 9_000 : 200)
                let draft = Draft(entity: ticket, edits: [.note(Note(text: text))], actor: "clerk \(person)")
                _ = try? writer.enqueue { database in
                    let store = SiteStore(database, domain: TestDomain())
                    return try Session.run(store) { try $0.write(draft, at: now + Int64(group)) }
                } completion: { result in
                    if case .success(.written(let written)) = result { told.add(written.change.reference) }
                }
            }
            writer.drain()
        }
        writer.close()
        return told.references
    }

    private final class Told: Sendable {
        private let list = Mutex<[ChangeReference]>([])

        func add(_ reference: ChangeReference) { list.withLock { $0.append(reference) } }

        var references: [ChangeReference] { list.withLock { $0 } }
    }
}
