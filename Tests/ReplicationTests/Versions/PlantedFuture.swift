import SQLite

@testable import Replication

/// What a version newer than this one would write: its author and its hub are played by handing over changes that no
/// judgement of this version has seen.
extension TestProvince {
    /// An edit of a type that this version does not know.
    static let unknownEdit = Edit.unknown(tag: 99, body: [1, 2, 3, 0, 255])

    /// Writes at a site whatever its own version would say of it.
    @discardableResult
    func writeAsNewer(_ edits: [Edit], on entity: EntityID, at site: TestSite) throws -> Change {
        now += 1
        return try site.session { session in
            var row = try session.store.rowOrNew(entity)
            let change = Change(
                origin: session.life.origin, sequence: session.life.chain.number + 1,
                stamp: session.life.clock.tick(milliseconds: site.time(at: now)), entity: entity,
                seen: row.state.vector.without(session.life.origin), actor: "clerk", edits: edits)
            try change.validate()
            session.life.chain.append(change.hash)
            session.hasWritten = true
            _ = try session.store.keep(change, onto: &row, condition: Schema.Condition.pending, admission: nil)
            return change
        }
    }

    /// Admits all that waits at the hub, as one of a newer version does when it starts.
    func admitAsNewer() throws {
        now += 1
        try hub.session { session in
            let waiting = try session.store.database.all("SELECT position FROM waiting ORDER BY position") {
                $0.int64(0)
            }
            for position in waiting {
                guard let entry = try session.store.entry(at: position) else { continue }
                var row = try session.store.rowOrNew(entry.change.entity)
                let peer = try session.store.peer(of: entry.change.origin)
                try session.store.database.run("DELETE FROM waiting WHERE position = ?", position)
                _ = try session.admit(entry.change, onto: &row, waitingAt: position, from: peer, at: now)
            }
        }
    }

    /// A site of a version that does not know some tags reads its feed to the end.
    func readAsOlder(_ site: TestSite, without tags: Set<UInt8>) throws {
        for _ in 0..<100 {
            now += 1
            let message = try prepare(.poll, at: site)
            var answer = try ExchangeAnswer(encoded: try deliver(message.bytes, from: site))
            answer.entries = answer.entries.map { entry in
                guard case .change(let change) = entry.content else { return entry }
                return FeedEntry(number: entry.number, content: .change(change.asRead(without: tags)))
            }
            answer.histories = answer.histories.map { chunk in
                .init(
                    enter: chunk.enter, entity: chunk.entity, upTo: chunk.upTo, isLast: chunk.isLast,
                    changes: chunk.changes.map { $0.asRead(without: tags) })
            }
            let read = answer
            let applied = try site.session { try $0.apply(read, to: message.request) }
            if applied.entries == 0 && !applied.hasMore && !applied.hasAcknowledgements { return }
        }
        throw ReplicationError(.inconsistent, "\(site.id) does not come to rest.", remedy: "")
    }

    /// The site's software is replaced by one that knows more than what has folded its entities so far.
    func upgrade(_ site: TestSite, to domain: any Domain) throws {
        try site.database.run("UPDATE not_understood SET level = ?", Int64(EditLevel.current) - 1)
        site.domain = domain
    }

    /// The entities that a site must fold again after an upgrade.
    func notUnderstood(at site: TestSite) throws -> Int {
        try site.database.first("SELECT count(*) FROM not_understood") { $0.int(0) } ?? 0
    }

    /// Those that it has not folded yet with the version that it runs now.
    func notFoldedAgain(at site: TestSite) throws -> Int {
        try site.database.first("SELECT count(*) FROM not_understood WHERE level < ?", Int64(EditLevel.current)) {
            $0.int(0)
        } ?? 0
    }
}

extension Change {
    /// The same bytes as a version reads them that does not know some tags.
    func asRead(without tags: Set<UInt8>) -> Change {
        Change(
            origin: origin, sequence: sequence, stamp: stamp, entity: entity, seen: seen, actor: actor, key: key,
            edits: edits.map { tags.contains($0.tag) ? .unknown(tag: $0.tag, body: $0.body) : $0 })
    }
}
