import Foundation
import Replication
import SQLite
import ServiceDesk

/// One site of a desk's province on a real database file, with the little that a shell knows about its process.
final class DeskSite {
    let id: SiteID
    let letters: String
    let path: String
    let shelf: PackShelf
    let database: Database
    /// What judges this site's own writing; the rules of the desk unless a test breaks them.
    var domain: any Domain
    private var counts: [ExchangeRequest.Lane: UInt32] = [:]
    /// Whether the hub has answered.
    var isOpen = false

    init(_ id: String, letters: String, in folder: String, isHub: Bool, origin: UInt64, epoch: Epoch) throws {
        self.id = SiteID(id)
        self.letters = letters
        path = folder + "/" + id + ".db"
        shelf = PackShelf()
        domain = DeskDomain(shelf: shelf)
        database = try Database(path: path, mode: .readWriteCreate)
        // What a power cut does to a file is not tested here.
        try database.execute("PRAGMA synchronous = OFF")
        try database.migrate(Schema.migrations + DeskSchema.migrations)
        try database.transaction(.immediate) {
            try store.found(site: self.id, isHub: isHub, origin: OriginID(raw: origin), epoch: epoch)
            try Session.run(store) { try $0.begin(start: 1) }
        }
    }

    var store: SiteStore { SiteStore(database, domain: domain) }

    /// One job of the writer: a savepoint in a transaction.
    func session<T>(_ body: (inout Session) throws -> T) throws -> T {
        try database.transaction(.immediate) {
            try database.savepoint { try Session.run(store, body) }
        }
    }

    func desk(at now: Int64, actor: String = "clerk") -> Desk {
        Desk(store, shelf: shelf, actor: actor, now: now, letters: letters)
    }

    func nextNumber(_ lane: ExchangeRequest.Lane) -> ExchangeRequest.Number {
        counts[lane, default: 0] += 1
        return ExchangeRequest.Number(start: 1, count: counts[lane, default: 0])
    }

    /// Everything that the site has on its disk.
    func bytesOnDisk() throws -> [UInt8] {
        try ["", "-wal"].flatMap { suffix in
            let url = URL(fileURLWithPath: path + suffix)
            return FileManager.default.fileExists(atPath: url.path) ? Array(try Data(contentsOf: url)) : []
        }
    }

    /// Shows again what the hub had withdrawn, as software would that ignores a withdraw.
    func unlock(_ entity: EntityID) throws {
        try database.run("UPDATE entity SET is_withdrawn = 0 WHERE id = ?", entity.bytes)
    }
}
