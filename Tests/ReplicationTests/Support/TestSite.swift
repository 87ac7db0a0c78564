import Foundation
import SQLite

@testable import Replication

/// One site on a real database file, with the little that a shell knows about its process.
final class TestSite {
    let id: SiteID
    let path: String
    var domain: any Domain
    private(set) var database: Database
    /// The start count, which a real node keeps in a file beside the database.
    private(set) var start: UInt32 = 0
    private var counts: [ExchangeRequest.Lane: UInt32] = [:]
    /// How far its wall clock is ahead of the province, in milliseconds.
    private(set) var ahead: Int64 = 0
    private(set) var isMeasured = false
    /// Whether this process has said hello under its present origin.
    var isOpen = false
    /// Whether its next poll asks for a proof.
    var wantsProof = false

    init(_ id: SiteID, in folder: String, domain: any Domain) throws {
        self.id = id
        self.domain = domain
        path = folder + "/" + id.text + ".db"
        database = try Self.open(path)
        try database.migrate(Schema.migrations)
    }

    /// Without syncs: what a power cut does to a file is not tested here.
    private static func open(_ path: String) throws -> Database {
        let database = try Database(path: path, mode: .readWriteCreate)
        try database.execute("PRAGMA synchronous = OFF")
        return database
    }

    /// The hub's.
    var sealKey: [UInt8] = []
    var store: SiteStore { SiteStore(database, domain: domain, sealKey: sealKey) }

    func found(isHub: Bool, isStandby: Bool = false, origin: OriginID, epoch: Epoch) throws {
        try database.transaction(.immediate) {
            try store.found(site: id, isHub: isHub, isStandby: isStandby, origin: origin, epoch: epoch)
        }
    }

    func life() throws -> Life { try store.life() }

    /// One job of the writer: a savepoint in a transaction.
    func session<T>(_ body: (inout Session) throws -> T) throws -> T {
        try database.transaction(.immediate) {
            try database.savepoint { try Session.run(store, body) }
        }
    }

    func begin(start: UInt32? = nil, ahead: Int64 = 0) throws {
        self.start = start ?? self.start + 1
        self.ahead = ahead
        isMeasured = false
        isOpen = false
        counts = [:]
        let number = self.start
        try session { try $0.begin(start: number) }
    }

    /// The process ends and starts again, perhaps with a clock that somebody has set.
    func restart(start: UInt32? = nil, ahead: Int64 = 0) throws {
        database.close()
        database = try Self.open(path)
        try begin(start: start, ahead: ahead)
    }

    /// What a shell does when a copy was erased: the log keeps nothing of it.
    func wipe() throws { try database.checkpoint(truncate: true) }

    /// A copy of the database as it is, for ``putBack(_:)`` or for a clone.
    func backUp() throws -> Data {
        try database.checkpoint(truncate: true)
        return try Data(contentsOf: URL(fileURLWithPath: path))
    }

    /// An operator puts an earlier copy back while the node is stopped; the caller starts it again.
    func putBack(_ copy: Data) throws {
        database.close()
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        try copy.write(to: URL(fileURLWithPath: path))
        database = try Self.open(path)
    }

    /// What the site believes the time to be in the province, when it is `now` there.
    func time(at now: Int64) -> Int64 { isMeasured ? now : now + ahead }

    func nextNumber(_ lane: ExchangeRequest.Lane) -> ExchangeRequest.Number {
        counts[lane, default: 0] += 1
        return ExchangeRequest.Number(start: start, count: counts[lane, default: 0])
    }

    /// The hub has answered: from now on the site knows the time.
    func noteMeasured() { isMeasured = true }
}
