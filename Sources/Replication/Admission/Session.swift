import Hashing
import SQLite

/// One transaction of a site: its life is read at the beginning and saved at the end, and what it did to whose feed is
/// known to the shell when COMMIT has returned.
public struct Session {
    public let store: SiteStore
    public internal(set) var life: Life
    /// Peers whose feeds have grown, by number; 0 stands for everyone.
    public internal(set) var news: Set<Int64> = []
    /// The site's own changes that were written here.
    public internal(set) var hasWritten = false
    /// Somebody has asked for a file that is to be fetched.
    public internal(set) var hasDemanded = false
    /// Whether a copy was erased: what the database file and its log still hold of it is to be wiped now.
    public internal(set) var hasErased = false
    /// Changes that folds had to read again in this transaction.
    var changesReadAgain = 0
    /// Bytes of changes that were taken of a site in this transaction.
    var bytesTaken = 0
    /// Entities, by number, behind which changes wait that this transaction had no turn left to judge: whoever runs
    /// sessions goes on with ``judgeWaiting(behind:at:)``, in a transaction of its own.
    public internal(set) var unjudged: [Int64] = []
    /// Whether entities that an earlier version could not fold whole are left for another transaction:
    /// ``foldAgain(atMost:)``.
    public internal(set) var hasMoreToFold = false
    /// What refusing changes cost in this transaction, in bytes, by the site that made them.
    public internal(set) var refusedBytes: [SiteID: Int] = [:]
    /// What this transaction has recorded for administrators, for the log.
    public internal(set) var recorded: [(kind: String, site: SiteID, text: String)] = []
    /// Own changes of branches that were admitted in this transaction, as runs of sequences by origin.
    var admitted: [(peer: Int64, origin: OriginID, first: UInt64, last: UInt64)] = []

    var database: Database { store.database }

    /// Runs `body` on the site's life; to be called inside a transaction.
    public static func run<T>(_ store: SiteStore, _ body: (inout Session) throws -> T) throws -> T {
        try perform(store, body).value
    }

    /// The same, and gives back the session as it ended, for those who wait for its news.
    public static func perform<T>(
        _ store: SiteStore, _ body: (inout Session) throws -> T
    ) throws -> (value: T, session: Session) {
        var store = store
        store.changed = ChangedEntities()
        let life = try store.life()
        var session = Session(store: store, life: life)
        let result = try body(&session)
        try session.flushVerdicts()
        try store.save(session.life, over: life, hasWritten: session.hasWritten)
        return (result, session)
    }

    private init(store: SiteStore, life: Life) {
        self.store = store
        self.life = life
    }

    /// The entities of a kind that are no longer as they were, by their rows' own numbers, in the order of their first
    /// change. One whose change was undone within the transaction may be among them.
    public func changed(_ kind: EntityKind) -> [Int64] { store.changed?.numbers(of: kind) ?? [] }

    /// Whether this transaction has done as much as one turn of the writer may be.
    var hasHadItsTurn: Bool {
        changesReadAgain >= ReplicationLimits.changesReadAgainInTurn || bytesTaken >= ReplicationLimits.bytesInTurn
    }

    mutating func nextNumber() -> UInt64 {
        life.admission += 1
        return life.admission
    }
}
