import Replication
import SQLite
import ServiceDesk

/// A site on a database in memory, in the state in which every input finds it.
final class FuzzSite {
    let id: SiteID
    let letters: String
    let database: Database
    /// What a hub signs with.
    private let sealKey: [UInt8]
    /// Renewed by those who have put a standard on it that was rolled back.
    var shelf = PackShelf()
    private var counts: [ExchangeRequest.Lane: UInt32] = [:]

    init(_ id: String, letters: String, isHub: Bool, origin: UInt64, epoch: Epoch) throws {
        self.id = SiteID(id)
        self.letters = letters
        sealKey = isHub ? Array(repeating: 0x5E, count: 32) : []
        database = try Database(path: ":memory:", mode: .readWriteCreate)
        try database.migrate(Schema.migrations + DeskSchema.migrations)
        try database.transaction(.immediate) {
            try store.found(site: self.id, isHub: isHub, origin: OriginID(raw: origin), epoch: epoch)
            try Session.run(store) { try $0.begin(start: 1) }
        }
    }

    var store: SiteStore { SiteStore(database, domain: DeskDomain(shelf: shelf), sealKey: sealKey) }

    func desk(at now: Int64) -> Desk { Desk(store, shelf: shelf, actor: "clerk", now: now, letters: letters) }

    /// A job of the writer, in a transaction of its own.
    func session<T>(_ body: (inout Session) throws -> T) throws -> T {
        try database.transaction(.immediate) { try inside(body) }
    }

    /// A job of the writer inside a transaction that is under way.
    func inside<T>(_ body: (inout Session) throws -> T) throws -> T {
        try database.savepoint { try Session.run(store, body) }
    }

    func nextNumber(_ lane: ExchangeRequest.Lane) -> ExchangeRequest.Number {
        counts[lane, default: 0] += 1
        return ExchangeRequest.Number(start: 1, count: counts[lane, default: 0])
    }

    /// Runs `body` in a transaction and undoes what it did.
    func trying(_ body: () throws -> Void) throws {
        struct Undone: Error {}
        do {
            try database.transaction(.immediate) {
                try body()
                throw Undone()
            }
        } catch is Undone {}
    }

    /// The database agrees with its own log.
    func checkLog() throws {
        let verification = try DeskVerification.run(store, for: id)
        try BrokenProperty.check(
            verification.isClean, "\(id) after the exchange: \(verification.problems.joined(separator: " "))")
    }
}
