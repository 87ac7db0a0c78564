import SQLite

/// What replication remembers within one transaction: small things that every change asks for.
///
/// It is empty at the beginning of each transaction and after each savepoint that was undone, but for what is to be
/// written before the commit.
final class StoreMemo: TransactionMemo {
    /// An ``UnwrittenLife``, or nothing.
    var unwritten: (any Sendable)?
    /// Numbers of origins by what they are.
    var origins: [OriginID: Int64] = [:]
    /// The same the other way round.
    var originIDs: [Int64: OriginID] = [:]
    /// Who holds the entity that was asked for last.
    var members: (entity: Int64, list: [Member])?
    /// Numbers of peers by site; nil for a site that is none.
    var peers: [SiteID: Int64?] = [:]
    /// What the directory says; nil for a site that it does not name.
    var directory: [SiteID: DirectoryEntry?] = [:]
    /// The sites whose audience is everything.
    var standbys: [SiteID]?
    /// The position of the last change in the log.
    var lastPosition: Int64?
    /// Whether a change waits to be judged.
    var hasWaiting: Bool?
    /// Whether an epoch has begun and a site is not compared yet.
    var hasUncompared: Bool?
    /// Whether anything is held that another than its author has brought back.
    var hasReturned: Bool?
    /// Whether a copy waits to be erased.
    var hasErasing: Bool?
    /// The site's life, as it was read or saved last.
    var life: Life?
    /// What the domain has asked for, a handful.
    var answers: [(question: ObjectIdentifier, answer: AnyObject)] = []

    func forget() {
        answers.removeAll(keepingCapacity: true)
        life = nil
        origins.removeAll(keepingCapacity: true)
        originIDs.removeAll(keepingCapacity: true)
        members = nil
        peers.removeAll(keepingCapacity: true)
        lastPosition = nil
        hasWaiting = nil
        hasUncompared = nil
        hasErasing = nil
        hasReturned = nil
        forgetDirectory()
    }

    func settle(on database: Database) throws {
        let life = unwritten as? UnwrittenLife
        unwritten = nil
        try life?.write(to: database)
    }

    /// After something was written to the directory.
    func forgetDirectory() {
        standbys = nil
        directory.removeAll(keepingCapacity: true)
        peers.removeAll(keepingCapacity: true)
    }
}

/// Something that a domain asks of a site's database over and over, made once for all.
public final class Question<T: Sendable>: Sendable {
    final class Answer: Sendable {
        let value: T

        init(_ value: T) { self.value = value }
    }

    public init() {}
}

extension SiteStore {
    /// What a domain asks with every change and what hardly ever changes: asked once in a transaction.
    public func remembered<T: Sendable>(_ question: Question<T>, _ ask: () throws -> T) rethrows -> T {
        guard let memo else { return try ask() }
        let id = ObjectIdentifier(question)
        for known in memo.answers where known.question == id {
            if let answer = known.answer as? Question<T>.Answer { return answer.value }
        }
        let answer = try ask()
        memo.answers.append((id, Question.Answer(answer)))
        return answer
    }

    /// After something was written that may change the answer.
    public func forget<T>(_ question: Question<T>) {
        memo?.answers.removeAll { $0.question == ObjectIdentifier(question) }
    }

    /// Whether any change waits to be judged.
    func hasWaiting() throws -> Bool {
        let memo = memo
        if let known = memo?.hasWaiting { return known }
        let found = try database.first("SELECT EXISTS (SELECT 1 FROM waiting)") { $0.bool(0) } ?? false
        memo?.hasWaiting = found
        return found
    }

    /// Nil outside a transaction, where nothing holds still.
    var memo: StoreMemo? {
        guard !database.isAutocommit else { return nil }
        if let memo = database.memo as? StoreMemo { return memo }
        let memo = StoreMemo()
        database.memo = memo
        return memo
    }
}
