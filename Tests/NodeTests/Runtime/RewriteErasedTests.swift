import Foundation
import Testing

@testable import Node
@testable import Replication

@Suite("A node that has erased something")
struct RewriteErasedTests {
    private static let secret = "secret words of a customer"
    private let hub: TestNode
    private let branch: TestNode

    init() throws {
        hub = try TestNode.hub()
        branch = try TestNode.branch(of: hub)
    }

    private func holdsSecret() throws -> Bool {
        branch.site.wipeErased()
        let bytes = try #require(FileManager.default.contents(atPath: branch.site.folder.database))
        return bytes.range(of: Data(Self.secret.utf8)) != nil
    }

    private static func text(_ id: Int, _ times: Int) -> String {
        String(repeating: id.isMultiple(of: 2) ? secret : "plain words of a customer!", count: times)
    }

    /// Rows that grow in turn, every other one secret, until SQLite has moved many of them from page to page.
    private func leaveTraces(isErased: Bool) throws {
        let rows = 400
        _ = try branch.write { session, _ in
            let database = session.store.database
            try database.run("CREATE TABLE traces (id INTEGER PRIMARY KEY, v TEXT)")
            for id in 0..<rows { try database.run("INSERT INTO traces VALUES (?, ?)", id, Self.text(id, 1)) }
            var state = 1
            for _ in 0..<2_000 {
                state = (state * 1_103_515_245 + 12_345) % (1 << 31)
                let id = (state >> 8) % rows
                try database.run("UPDATE traces SET v = v || ? WHERE id = ?", Self.text(id, 5), id)
            }
            try database.run("DELETE FROM traces WHERE id % 2 = 0")
            if isErased { _ = try session.store.placeholderNumber() }
        }
    }

    @Test("ten minutes after its start nothing of it is left in the unused parts of its database")
    func tenMinutes() throws {
        try leaveTraces(isErased: true)
        let began = SystemClock.steady()
        #expect(try holdsSecret())
        branch.site.rewriteErased(at: began + Upkeep.firstRewriteMilliseconds - 60_000)
        #expect(try holdsSecret())
        branch.site.rewriteErased(at: began + Upkeep.firstRewriteMilliseconds)
        #expect(try !holdsSecret())
    }

    @Test("a site from which nothing was erased is left as it is")
    func nothingErased() throws {
        try leaveTraces(isErased: false)
        branch.site.rewriteErased(at: SystemClock.steady() + Upkeep.firstRewriteMilliseconds)
        #expect(try holdsSecret())
    }
}
