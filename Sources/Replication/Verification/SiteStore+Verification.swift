import Hashing
import SQLite

/// Checking a database against its own log: nothing stored is believed that can be computed again.
extension SiteStore {
    /// Computes every hash, chain, state and sum again and compares with what is stored. Reads only, one entity at a
    /// time; to be called inside a transaction, so that all of it is one snapshot.
    /// - Parameters:
    ///   - site: whose view the digest is of. Two sites that have heard the same have equal digests for the same site.
    ///   - inspect: finds what is wrong with an entity's projections; given the row as the log has it.
    public func verify(
        for site: SiteID, inspect: (EntityRow) throws -> [String] = { _ in [] }
    ) throws -> Verification {
        var verification = Verification()
        try verifyStreams(&verification)
        try verifyEntities(for: site, &verification, inspect: inspect)
        return verification
    }

    private func verifyStreams(_ verification: inout Verification) throws {
        try settle()
        let origins = try database.all("SELECT number, id, position, digest FROM origin ORDER BY number") {
            (number: $0.int64(0), id: OriginID(raw: $0.uint64(1)), position: $0.uint64(2), digest: $0.digest128(3))
        }
        let life = try life()
        for origin in origins {
            // Of an origin that this site does not follow in order it holds single changes, and no tip.
            let tip = origin.position > 0 ? Chain(number: origin.position, digest: origin.digest ?? .zero) : nil
            try verifyStream(origin.number, origin.id, tip, isPresent: origin.id == life.origin, &verification)
        }
        let tip = try tip(of: life.origin)
        if tip != life.chain { verification.report("The site's own stream does not end where its life says.") }
        if life.acknowledged.number > tip.number {
            verification.report("More of the site's own changes are acknowledged than there are.")
        } else if try !life.isHub && chain(of: life.origin, at: life.acknowledged.number) != life.acknowledged {
            verification.report("What the hub has acknowledged is not what is held here.")
        }
    }

    private func verifyStream(
        _ number: Int64, _ origin: OriginID, _ tip: Chain?, isPresent: Bool, _ verification: inout Verification
    ) throws {
        let checkpoints = try database.all("SELECT position, digest FROM checkpoint WHERE origin = ?", number) {
            ($0.uint64(0), $0.digest128(1))
        }
        var expected = Dictionary(checkpoints, uniquingKeysWith: { first, _ in first })
        var chain = Chain.start
        var isWhole = true
        try forEachStored(of: number) { sequence, hash, content in
            verification.changes += 1
            let name = ChangeReference(origin: origin, sequence: sequence)
            guard let hash, content.isRead else {
                verification.report("Change \(name) cannot be read.")
                isWhole = false
                return
            }
            if case .entry(let entry) = content, entry.change.hash != hash {
                verification.report("Change \(name) does not have the hash stored with it.")
            }
            guard let tip, isWhole else { return }
            // Of an origin that was given up, or that others have brought back, single changes lie beyond its tip.
            guard isPresent || sequence <= tip.number else { return }
            guard sequence == chain.number + 1 else {
                verification.report("The stream of \(origin) has a gap before change \(sequence).")
                isWhole = false
                return
            }
            chain.append(hash)
            if let checkpoint = expected.removeValue(forKey: sequence), checkpoint != chain.digest {
                verification.report("The stream of \(origin) does not have its digest at change \(sequence).")
            }
        }
        guard let tip, isWhole else { return }
        if chain != tip { verification.report("The stream of \(origin) does not end where its tip says.") }
        if !expected.isEmpty { verification.report("The stream of \(origin) has a digest beyond its end.") }
    }

    private func verifyEntities(
        for site: SiteID, _ verification: inout Verification, inspect: (EntityRow) throws -> [String]
    ) throws {
        var digest = SHA256()
        var reached = 0
        let seesAll = try directoryEntry(of: site)?.isStandby ?? false
        try database.forEach(
            "SELECT number, kind, id, version, sum, is_withdrawn FROM entity WHERE kind <> 0 ORDER BY id, kind"
        ) { row in
            verification.entities += 1
            guard let id = EntityID(kind: EntityKind(rawValue: UInt8(clamping: row.int(1))), bytes: row.blob(2)) else {
                verification.report("Entity \(row.int64(0)) has a damaged identifier.")
                return true
            }
            guard let entries = try? entries(of: row.int64(0)) else {
                verification.report("The changes of entity \(id.text) cannot be read.")
                return true
            }
            reached += try changeCount(of: row.int64(0))
            guard entries.allSatisfy({ $0.change.entity == id }) else {
                verification.report("Entity \(id.text) is folded from the changes of another.")
                return true
            }
            guard Set(entries.map(\.change.position)).count == entries.count else {
                verification.report("Two changes of entity \(id.text) claim one place.")
                return true
            }
            let state = Fold.state(of: entries.map(\.change))
            let encoded = state.encoded
            if try !isStored(encoded, as: row.int64(0)) {
                verification.report("The state of entity \(id.text) is not the fold of its changes.")
            }
            let sum = entries.filter(\.isAdmitted).reduce(Digest128.zero) { $0 &+ $1.hash }
            if sum != row.digest128(4) {
                verification.report("The sum of entity \(id.text) is not that of its admitted changes.")
            }
            let folded = EntityRow(
                number: row.int64(0), id: id, version: row.uint64(3), sum: sum, state: state, isWithdrawn: row.bool(5))
            for problem in try inspect(folded) { verification.report(problem) }
            if isSeen(folded, by: site, seesAll) {
                digest.update([id.kind.rawValue])
                digest.update(id.bytes)
                digest.update(SHA256.hash(encoded))
            }
            return true
        }
        let astray = try database.first("SELECT count(*) FROM log WHERE previous >= position") { $0.int(0) } ?? 0
        if astray > 0 {
            verification.report("\(astray) changes name no earlier one before them: none can be folded behind.")
        }
        let stored = try database.first("SELECT count(*) FROM log WHERE condition <> 4") { $0.int(0) } ?? 0
        if reached != stored {
            verification.report("The entities' changes lead to \(reached) of the \(stored) in the log.")
        }
        verification.digest = digest.finalize()
    }

    /// Whether a row's stored state, with what came after it, is the fold; what cannot be read is not.
    private func isStored(_ state: [UInt8], as number: Int64) throws -> Bool {
        do {
            return try row(number: number).state.encoded == state
        } catch is ReplicationError {
            return false
        }
    }

    private func isSeen(_ row: EntityRow, by site: SiteID, _ seesAll: Bool) -> Bool {
        guard row.state.exists, !row.isWithdrawn else { return false }
        return switch audienceByState(of: row) {
        case .everyone: true
        case .sites(let sites): seesAll || sites.contains(site)
        }
    }
}

extension SiteStore.StoredContent {
    fileprivate var isRead: Bool {
        if case .unread = self { false } else { true }
    }
}
