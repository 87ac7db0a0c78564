import Hashing
import SQLite
import Testing

@testable import Replication

extension TestProvince {
    var sites: [TestSite] { [hub] + branches }

    /// What is stored at a site agrees with its log: states, sums and chain.
    func checkLog(of site: TestSite, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let numbers = try site.database.all("SELECT number FROM entity ORDER BY number") { $0.int64(0) }
        for number in numbers {
            let row = try site.store.row(number: number)
            let entries = try site.store.entries(of: number)
            #expect(
                row.state.encoded == Fold.state(of: entries.map(\.change)).encoded,
                "the row of \(row.id.text) at \(site.id) is not the fold of its log", sourceLocation: sourceLocation)
            let sum = entries.filter(\.isAdmitted).reduce(Digest128.zero) { $0 &+ $1.hash }
            #expect(row.sum == sum, "the sum of \(row.id.text) at \(site.id)", sourceLocation: sourceLocation)
            #expect(entries.allSatisfy { $0.hash == $0.change.hash }, sourceLocation: sourceLocation)
        }
        let life = try site.life()
        var chain = Chain.start
        let own = try site.store.originNumber(life.origin)
        try site.store.forEachStored(of: own) { _, hash, content in
            if case .entry(let entry) = content { #expect(entry.change.hash == hash, sourceLocation: sourceLocation) }
            chain.append(hash ?? .zero)
        }
        #expect(chain == life.chain, "the chain of \(site.id)", sourceLocation: sourceLocation)
    }

    /// Every site shows what the hub shows of an entity that it may see, and nothing of any other.
    func checkAgreement(sourceLocation: SourceLocation = #_sourceLocation) throws {
        for site in sites { try checkLog(of: site, sourceLocation: sourceLocation) }
        let numbers = try hub.database.all("SELECT number FROM entity ORDER BY number") { $0.int64(0) }
        for number in numbers {
            let row = try hub.store.row(number: number)
            for branch in branches {
                let copy = try branch.store.row(row.id)
                guard isMember(branch, of: row) else {
                    #expect(
                        copy?.isWithdrawn ?? true || !(copy?.state.exists ?? false),
                        "\(branch.id) shows \(row.id.text)", sourceLocation: sourceLocation)
                    continue
                }
                #expect(copy?.isWithdrawn == false, "\(row.id.text) at \(branch.id)", sourceLocation: sourceLocation)
                #expect(copy?.sum == row.sum, "sum of \(row.id.text) at \(branch.id)", sourceLocation: sourceLocation)
                #expect(
                    copy?.state.encoded == row.state.encoded, "state of \(row.id.text) at \(branch.id)",
                    sourceLocation: sourceLocation)
            }
        }
    }

    /// No answer carries a change, or a file's chunk, of an entity that its receiver may not see at that moment.
    func checkSecrecy(of answer: ExchangeAnswer, for site: TestSite) throws {
        var changes = answer.histories.flatMap(\.changes).map(\.record.head)
        for entry in answer.entries {
            switch entry.content {
            case .change(let change): changes.append(change.record.head)
            case .stored(let head): changes.append(head)
            case .admitted, .refused, .enter, .withdraw, .erase, .emptied: break
            }
        }
        for part in answer.attachments?.parts ?? [] {
            guard let row = try hub.store.row(part.name.entity), isMember(site, of: row) else {
                Issue.record("a chunk of \(part.name.hash.text) was sent to \(site.id), which may not see its entity")
                continue
            }
        }
        for change in changes where change.entity.kind.rawValue >= TestDomain.ticket.rawValue {
            guard let row = try hub.store.row(change.entity), isMember(site, of: row) else {
                Issue.record("change \(change.origin)-\(change.sequence) was sent to \(site.id), which may not see it")
                continue
            }
        }
    }

    func isMember(_ site: TestSite, of row: EntityRow) -> Bool {
        guard row.state.exists else { return false }
        switch hub.store.audienceByState(of: row) {
        case .everyone: return true
        case .sites(let sites): return sites.contains(site.id) || isStandby(site)
        }
    }

    /// Whether a site may see everything, as the directory has it.
    func isStandby(_ site: TestSite) -> Bool {
        guard let entry = try? hub.store.directoryEntry(of: site.id) else { return false }
        return entry.isStandby && !entry.isRevoked
    }

    /// Whether a site shows nothing of an entity: its copy is locked, or erased already.
    func isGone(_ entity: EntityID, at site: TestSite) throws -> Bool {
        try site.store.row(entity)?.isWithdrawn ?? true
    }

    func state(_ entity: EntityID, at site: TestSite) throws -> EntityState {
        try site.store.row(entity)?.state ?? EntityState()
    }

    func title(of entity: EntityID, at site: TestSite) throws -> String? {
        try state(entity, at: site)[TestDomain.title].textValue
    }

    /// Whether a text has gone to a site in any answer from the given one on.
    func hasSent(_ text: String, to site: TestSite, from index: Int = 0) -> Bool {
        answers[index...].contains { $0.site == site.id && holds($0.bytes, text) }
    }

    func refusals(of entity: EntityID, at site: TestSite) throws -> [String] {
        guard let row = try site.store.row(entity) else { return [] }
        return try site.store.refusals(of: row.number).map(\.reason)
    }

    func waitingCount() throws -> Int { try hub.database.first("SELECT count(*) FROM waiting") { $0.int(0) } ?? 0 }

    /// The number of changes that a site holds, whatever has become of them.
    func logCount(at site: TestSite) throws -> Int {
        try site.database.first("SELECT count(*) FROM log") { $0.int(0) } ?? 0
    }
}

/// The kind of error that `body` throws; nil when it throws none.
func failure<T>(_ body: () throws -> T) -> ReplicationError.Kind? {
    do {
        _ = try body()
        return nil
    } catch {
        return (error as? ReplicationError)?.kind
    }
}

/// Whether the bytes hold a text somewhere.
func holds(_ bytes: [UInt8], _ text: String) -> Bool {
    let pattern = Array(text.utf8)
    guard bytes.count >= pattern.count else { return false }
    return (0...bytes.count - pattern.count).contains { bytes[$0..<$0 + pattern.count].elementsEqual(pattern) }
}
