import Foundation
import HTTP
import Node
import Replication
import SQLite
import Standards
import Testing

@Suite struct AccessCopyTests {
    private static func newFolder() -> DataFolder {
        DataFolder(NSTemporaryDirectory() + "access-tests-" + UUID().uuidString)
    }

    @Test("who is signed in stays so when the node starts again, and failures are not forgotten by it")
    func restart() throws {
        let hub = try TestNode.hub()
        let visitor = try hub.person("王芳", "clerk")
        _ = try hub.person("李强", "clerk")
        for _ in 0..<5 { _ = try Visitor.attempt(hub, "李强", "not the password") }
        // The answer does not wait for the record.
        try hub.waitForRecord("locked out")
        let book = AccessBook()
        try hub.site.read { try book.load(AccessTables($0.database), origin: $0.life().origin) }
        let now = SystemClock.wall()
        #expect(book.session(visitor.token, at: now)?.account.name == "王芳")
        guard case .mustWait = book.beginSignIn("李强", from: "elsewhere", at: now) else {
            Issue.record("the failures are forgotten")
            return
        }
    }

    @Test("a session of another life of the database is nobody's")
    func otherLife() throws {
        let hub = try TestNode.hub()
        let visitor = try hub.person("王芳", "clerk")
        for origin in [OriginID(raw: 1), nil] {
            let book = AccessBook()
            try hub.site.read { try book.load(AccessTables($0.database), origin: origin) }
            #expect(book.session(visitor.token, at: SystemClock.wall()) == nil)
        }
    }

    @Test("a backup keeps accounts and tokens, and nothing by which somebody goes on or chooses a password")
    func backup() throws {
        let hub = try TestNode.hub()
        let visitor = try hub.administrator()
        _ = try hub.systemToken("计费系统", ["integration"])
        _ = try hub.post("/api/invitations", text: "")
        let target = Self.newFolder()
        defer { try? FileManager.default.removeItem(atPath: target.path) }
        _ = try Backup.make(of: hub.site.folder, to: target)
        let database = try Database(path: target.database, mode: .readOnly)
        defer { database.close() }
        let tables = AccessTables(database)
        #expect(try tables.accounts().map(\.name) == ["站长"])
        #expect(try tables.tokens().map(\.name) == ["计费系统"])
        #expect(try tables.sessions().isEmpty)
        #expect(try database.first("SELECT count(*) FROM invitation") { $0.int(0) } == 0)
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: target.database)))
        #expect(bytes.firstRange(of: SHA256Text.digest(visitor.token)) == nil)
        #expect(try visitor.get("/api/session").status == 200)
    }

    @Test("a hub made of a standby takes over the standby's accounts and tokens; its people sign in again")
    func promoted() throws {
        let hub = try TestNode.hub()
        _ = try hub.administrator()
        _ = try hub.systemToken("计费系统", ["integration"])
        let folder = Self.newFolder()
        try folder.create()
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        let source = try Database(path: hub.site.folder.database, mode: .readOnly)
        let target = try Database(path: folder.database, mode: .readWriteCreate)
        defer {
            source.close()
            target.close()
        }
        try target.migrate(Site.migrations)
        let (old, new) = (AccessTables(source), AccessTables(target))
        try new.takeOver(from: old)
        #expect(try new.accounts() == old.accounts() && new.accounts().count == 1)
        #expect(try new.tokens() == old.tokens() && new.tokens().count == 1)
        #expect(try new.sessions().isEmpty && old.sessions().count == 1)
        #expect(try new.records(atMost: 10) == old.records(atMost: 10))
    }

    @Test("a file that a new machine begins with holds nobody's account")
    func snapshot() throws {
        let hub = try TestNode.hub()
        _ = try hub.administrator()
        _ = try TestNode.branch(of: hub)
        let file = Self.newFolder().path
        defer { try? FileManager.default.removeItem(atPath: file) }
        _ = try SiteSnapshot.make(for: SiteID(TestDocuments.branches[0]), of: hub.site.folder, to: file)
        let database = try Database(path: file, mode: .readOnly)
        defer { database.close() }
        #expect(try AccessTables(database).accounts().isEmpty)
    }

    @Test("neither passwords nor tokens nor keys stand in the database, the status or the lists")
    func secrets() throws {
        let hub = try TestNode.hub()
        let visitor = try hub.administrator()
        let token = String(try hub.systemToken("计费系统", ["clerk"]).1.dropFirst("Bearer ".count))
        let link = try #require(try hub.post("/api/invitations", text: "").json["link"]?["path"]?.stringValue)
        let key = String(try #require(link.components(separatedBy: "key=").last))
        let secrets = [Visitor.password, visitor.token, visitor.csrf, token, key]
        let files = ["tributary.db", "tributary.db-wal"].map { hub.site.folder.path + "/" + $0 }
        for file in files {
            let bytes = [UInt8]((try? Data(contentsOf: URL(fileURLWithPath: file))) ?? Data())
            for secret in secrets { #expect(bytes.firstRange(of: Array(secret.utf8)) == nil) }
        }
        for path in ["/api/status", "/api/accounts", "/api/api-tokens", "/api/sign-ins", "/api/incidents"] {
            let answer = try hub.get(path)
            #expect(answer.status == 200)
            for secret in secrets { #expect(!answer.text.contains(secret), "\(path)") }
            #expect(!answer.text.contains("$y$"), "\(path)")
        }
    }

    @Test("a link made in the folder of a stopped site makes its administrator once it runs")
    func stoppedSite() throws {
        let hub = try TestNode.hub()
        #expect(FirstLink.isNeeded(in: hub.site.folder))
        let path = try FirstLink.make(in: hub.site.folder)
        _ = try Visitor.welcome(hub, path, name: "站长")
        #expect(!FirstLink.isNeeded(in: hub.site.folder))
    }
}
