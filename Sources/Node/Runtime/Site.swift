import Foundation
import Replication
import SQLite
import ServiceDesk
import Standards
import Synchronization

/// A running site, branch or hub: its folder, its clock, its database and what listens to its commits.
public final class Site: Sendable {
    /// What a committed transaction did that others wait for.
    public struct News: Sendable {
        public var sites: Set<SiteID> = []
        public var isForEveryone = false
        public var hasWritten = false
        /// Somebody has asked for a file that is to be fetched.
        public var hasDemanded = false
        /// The tickets that are no longer as they were, by their rows' own numbers.
        public var tickets: [Int64] = []
        /// Something has changed that due times depend on.
        public var hasMovedDueTimes = false
    }

    /// What the site itself has to see to after a commit.
    private struct Aftermath: Sendable {
        let life: Life
        let recorded: [(kind: String, site: SiteID, text: String)]
        let unjudged: [Int64]
        let hasErased: Bool

        init(_ session: Session) {
            (life, recorded, unjudged) = (session.life, session.recorded, session.unjudged)
            hasErased = session.hasErased
        }
    }

    public let folder: DataFolder
    public let configuration: NodeConfiguration
    public let clock = SystemClock()
    public let storage: Storage
    public let domain: DeskDomain
    /// The number of this start, and whether database and side file agreed.
    public let start: UInt32
    /// Why the exchange must not go on, if the side file gave the database away.
    public let contradiction: String?
    public let log: Log
    /// Its long jobs, and whether they move.
    public let jobs: JobWatch
    public let apiToken: String
    /// Who may sign in, and who has.
    public let access = AccessBook()
    let passwords = PasswordWorker()
    public let hubKey: [UInt8]
    private let watch = LifeWatch()
    /// Whether a copy was erased of which the log may hold pages still; at a start nobody knows.
    private let mustWipe = Mutex(true)
    /// When the database is to be written anew, by the steady clock; nil while nothing was erased since the last time.
    private let rewriteAt = Mutex<Int64?>(SystemClock.steady() + Upkeep.firstRewriteMilliseconds)
    private let rewrittenAt = Mutex<Int64?>(nil)
    private let listeners = Mutex<[@Sendable (News) -> Void]>([])
    private let recorders = Mutex<[@Sendable (SiteStore, [Int64]) throws -> Void]>([])

    /// At the hub: tickets that have changed since the process began, before whoever starts to record has asked for
    /// them; nil afterwards.
    private let unrecorded: Mutex<Set<Int64>?>

    static let copied = "this is a backup, which only `tributary hub restore` makes a hub of"

    /// The site's database as replication sees it.
    public func store(_ database: Database) -> SiteStore { SiteStore(database, domain: domain, sealKey: hubKey) }

    public static var migrations: [Migration] {
        Schema.migrations + DeskSchema.migrations + EnrolmentSchema.migrations + AccessSchema.migrations
            + SubscriptionSchema.migrations
    }

    public init(folder: DataFolder) throws {
        let configuration = try NodeConfiguration(folder: folder)
        self.folder = folder
        self.configuration = configuration
        log = Log(site: configuration.site.text, timeZone: configuration.timeZone)
        jobs = JobWatch(log: log)
        domain = DeskDomain()
        guard FileManager.default.fileExists(atPath: folder.database) else {
            throw NodeError(
                .badFolder, "\(folder.database) is not there.",
                remedy: "Put it back, or join the site again in a new folder; what it never sent is lost with it.")
        }
        storage = try Storage(path: folder.database, migrations: { Self.migrations })
        apiToken = String(decoding: try folder.read(folder.token), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        unrecorded = Mutex(configuration.isHub ? [] : nil)
        hubKey = configuration.isHub ? try folder.read(folder.hubKey) : []
        let domain = domain
        let known = try storage.read { try SiteStore($0, domain: domain).life() }
        guard known.isHub == configuration.isHub else {
            throw NodeError(
                .badFolder, "\(folder.path) was being made a hub, and that was cut off.",
                remedy: "Type once more: tributary hub promote --data \(folder.path) --key FILE")
        }
        let side = try SideFile(folder: folder).next(after: known.start, isHub: known.isHub)
        start = side.start
        contradiction = known.isHub ? side.contradiction ?? (known.isCopy ? Self.copied : nil) : nil
        if contradiction == nil { try begin(side.contradiction) }
        // A database that was put back by hand must not bring back who was signed in then.
        let isPutBack = contradiction != nil
        try storage.read { try access.load(AccessTables($0), origin: isPutBack ? nil : store($0).life().origin) }
    }

    /// - Parameter contradiction: what tells that a branch's database was put back.
    private func begin(_ contradiction: String?) throws {
        let isKept = configuration.isHub ? try keepTimeGivenOut() : false
        let (begun, now, fresh) = (start, clock.now(), Draws.origin())
        let (after, hasMore) = try storage.writer.withDatabase { database in
            try database.transaction(.immediate) {
                try Session.run(store(database)) { session in
                    try session.startUp(begun, contradiction: contradiction, fresh: fresh, isKept: isKept, at: now)
                    keep(session.changed(.ticket))
                    return (Aftermath(session), session.hasMoreToFold)
                }
            }
        }
        watch.note(after.life, after.recorded, log)
        judgeOn(after.unjudged)
        if hasMore { foldOn() }
    }

    /// What an earlier version could not fold whole, turn by turn.
    private func foldOn() {
        jobs.move(.folding)
        write("folding again") { session, _ in
            try session.foldAgain()
        } completion: { result in
            switch result {
            case .success(let hasMore): if hasMore { self.foldOn() } else { self.jobs.end(.folding) }
            case .failure(let error): self.log.line("storage", "folding again after the upgrade: \(error)")
            }
        }
    }

    /// What one turn of the writer left waiting is judged in turns of its own, so that others have theirs in between.
    /// If it fails it waits for the next verdict on its entity, or the next start.
    private func judgeOn(_ entities: [Int64]) {
        guard !entities.isEmpty else { return }
        jobs.move(.judging)
        write("waiting changes") { session, now in
            try session.judgeWaiting(behind: entities, at: now)
            return session.unjudged.isEmpty
        } completion: { result in
            if (try? result.get()) ?? true { self.jobs.end(.judging) }
            if case .failure(let error) = result { self.log.line("exchange", kind: "judging", "\(error)") }
        }
    }

    /// An administrator sees the difference in `status`.
    private func keepTimeGivenOut() throws -> Bool {
        let given = try read { try $0.timeGivenOut() }
        guard clock.keep(given) else { return false }
        log.line(
            "clock",
            "this machine's clock is \((given - SystemClock.wall()) / 1_000) s behind the time that the hub has given "
                + "out; the province keeps that time. Set the machine's clock right.")
        return true
    }

    /// Province time, in milliseconds since 1970.
    public func now() -> Int64 { clock.now() }

    public func read<T: Sendable>(_ body: @Sendable (SiteStore) throws -> T) throws -> T {
        try storage.read { try body(store($0)) }
    }

    /// Runs a session in the next group of the writer. The completion is called when the commit has returned, after
    /// those who listen have been told.
    public func write<T: Sendable>(
        _ name: String, _ body: @escaping @Sendable (inout Session, Int64) throws -> T,
        completion: @escaping @Sendable (Result<T, any Error>) -> Void
    ) {
        let clock = clock
        storage.write(name) { database -> (T, News, Aftermath) in
            let store = self.store(database)
            let (value, session) = try Session.perform(store) { try body(&$0, clock.now()) }
            var news = News()
            news.hasWritten = session.hasWritten
            news.hasDemanded = session.hasDemanded
            news.tickets = session.changed(.ticket)
            try self.record(news.tickets, in: store)
            let others: [EntityKind] = [.standard, .overlay, .customer]
            news.hasMovedDueTimes = !news.tickets.isEmpty || others.contains { !session.changed($0).isEmpty }
            news.isForEveryone = session.news.contains(0)
            if !session.news.isEmpty {
                news.sites = Set(try store.peers().filter { session.news.contains($0.number) }.map(\.site))
            }
            return (value, news, Aftermath(session))
        } completion: { result in
            if case .success((_, let news, let after)) = result {
                self.watch.note(after.life, after.recorded, self.log)
                if after.life.comparing == .none, !after.life.isHub { self.jobs.end(.compare) }
                self.tell(news)
                self.judgeOn(after.unjudged)
                if after.hasErased { self.noteErased() }
            }
            completion(result.map { $0.0 })
        }
    }

    /// After a copy was erased nothing of it is to stay in the log beside the database.
    func wipeErased() {
        guard mustWipe.withLock({ $0 }) else { return }
        jobs.move(.wipe)
        defer { jobs.end(.wipe) }
        guard storage.writer.wipeLog() else { return }
        mustWipe.withLock { $0 = false }
    }

    private func noteErased() {
        mustWipe.withLock { $0 = true }
        let next = rewrittenAt.withLock { $0.map { $0 + Upkeep.rewriteMilliseconds } } ?? SystemClock.steady()
        rewriteAt.withLock { $0 = $0 ?? next }
    }

    /// Nothing of an erased copy is to stay in the unused parts of pages either, in the long run.
    /// - Parameter now: the steady clock, in milliseconds.
    func rewriteErased(at now: Int64 = SystemClock.steady()) {
        guard let due = rewriteAt.withLock({ $0 }), due <= now else { return }
        guard (try? read { try $0.hasErasedCopies() }) ?? true else { return rewriteAt.withLock { $0 = nil } }
        jobs.move(.rewrite)
        defer { jobs.end(.rewrite) }
        rewrittenAt.withLock { $0 = now }
        // Where a reader keeps the log from being emptied at once, the next round does it.
        mustWipe.withLock { $0 = true }
        let isDone = storage.writer.rewrite()
        rewriteAt.withLock { $0 = isDone ? nil : now + Upkeep.rewriteMilliseconds / 24 }
    }

    public func listen(_ listener: @escaping @Sendable (News) -> Void) {
        listeners.withLock { $0.append(listener) }
    }

    /// Calls `recorder` in every transaction that changes tickets, with their rows' own numbers: what it writes is
    /// committed with the changes, or neither is.
    public func record(_ recorder: @escaping @Sendable (SiteStore, [Int64]) throws -> Void) {
        recorders.withLock { $0.append(recorder) }
    }

    /// What cannot be stored fails with the changes; a record that a defect spoils does not keep people from working.
    private func record(_ tickets: [Int64], in store: SiteStore) throws {
        guard !tickets.isEmpty else { return }
        keep(tickets)
        for recorder in recorders.withLock({ $0 }) {
            do {
                try recorder(store, tickets)
            } catch let error as SQLiteError {
                throw error
            } catch {
                log.line("events", kind: "record", "\(error)")
            }
        }
    }

    private func keep(_ tickets: [Int64]) {
        unrecorded.withLock { if $0 != nil { $0?.formUnion(tickets) } }
    }

    /// For a recorder that comes when the site is at work already: what has changed before.
    func changedBeforeRecording() -> [Int64] { unrecorded.withLock { $0?.sorted() ?? [] } }

    /// They are recorded, and the recorder sees all others by itself.
    func endKeepingChanged() { unrecorded.withLock { $0 = nil } }

    /// A person has decided about a notice: no change tells of that.
    func tellOfNotices() {
        var news = News()
        news.hasWritten = true
        tell(news)
    }

    private func tell(_ news: News) {
        guard news.hasWritten || news.hasDemanded || news.isForEveryone || !news.sites.isEmpty || news.hasMovedDueTimes
        else { return }
        for listener in listeners.withLock({ $0 }) { listener(news) }
    }

    /// A desk for one transaction.
    public func desk(_ store: SiteStore, actor: String, now: Int64) -> Desk {
        Desk(store, shelf: domain.shelf, actor: actor, now: now, letters: configuration.letters)
    }
}
