import SQLite

/// A site's own row and the end of its own stream, as the last of a group's jobs has left them: written once for all,
/// before the group is committed.
struct UnwrittenLife: Sendable {
    let life: Life
    /// The number of the site's origin if its stream has grown.
    let stream: Int64?

    func write(to database: Database) throws {
        if let stream { try SiteStore.advance(stream, to: life.chain, in: database) }
        try life.writeProgress(to: database)
    }
}

extension SiteStore {
    /// Whoever reads or writes the rows themselves has what was put off written before.
    func settle() throws { try database.settle() }

    /// How far the site's own stream is held, where that is not written yet.
    func unwrittenTip(of origin: OriginID) -> Chain? {
        guard let unwritten = memo?.unwritten as? UnwrittenLife, unwritten.stream != nil,
            unwritten.life.origin == origin
        else { return nil }
        return unwritten.life.chain
    }

    /// Keeps a site's life as a session has left it: what changes with every job is put off until the commit.
    /// - Parameters:
    ///   - before: as it was read.
    ///   - hasWritten: whether the site's own stream has grown.
    func save(_ life: Life, over before: Life, hasWritten: Bool) throws {
        // A transaction that has changed nothing writes nothing, and costs no sync.
        guard hasWritten || life != before else { return }
        let memo = memo
        let earlier = (memo?.unwritten as? UnwrittenLife).flatMap { $0.life.origin == life.origin ? $0 : nil }
        let stream = hasWritten ? try originNumber(life.origin) : earlier?.stream
        let unwritten = UnwrittenLife(life: life, stream: stream)
        memo?.life = life
        if let memo, before.hasSameStanding(as: life) {
            memo.unwritten = unwritten
        } else {
            try settle()
            if !before.hasSameStanding(as: life) { try life.writeStanding(to: database) }
            try unwritten.write(to: database)
        }
    }
}
