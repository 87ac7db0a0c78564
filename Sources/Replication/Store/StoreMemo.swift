import SQLite

/// What replication remembers within one transaction: small things that every change asks for.
///
/// It is empty at the beginning of each transaction and after each savepoint that was undone.
final class StoreMemo: TransactionMemo {
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
    /// What the domain has asked for.
    var answers: [String: any Sendable] = [:]

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

    /// After something was written to the directory.
    func forgetDirectory() {
        standbys = nil
        directory.removeAll(keepingCapacity: true)
        peers.removeAll(keepingCapacity: true)
    }
}

extension SiteStore {
    /// What a domain asks with every change and what hardly ever changes: asked once in a transaction.
    public func remembered<T: Sendable>(_ question: String, _ ask: () throws -> T) rethrows -> T {
        let memo = memo
        if let known = memo?.answers[question] as? T { return known }
        let answer = try ask()
        memo?.answers[question] = answer
        return answer
    }

    /// After something was written that may change the answer.
    public func forget(_ question: String) { memo?.answers[question] = nil }

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
