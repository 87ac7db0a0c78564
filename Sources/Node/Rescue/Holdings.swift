import Replication
import SQLite
import ServiceDesk
import Standards

/// What a copy of a database was found to hold when it was opened and checked whole.
public struct Holdings: Sendable {
    public let site: SiteID
    public let isHub: Bool
    public let isStandby: Bool
    public let origin: OriginID
    public let epoch: UInt32
    /// The random part of the epoch.
    public let epochRandom: UInt64
    /// Of a hub, the number of the last feed entry that it had given out.
    public let admission: UInt64
    public let tickets: Int
    public let changes: Int64
    /// Changes that had not left the site when the copy was made.
    public let unsent: UInt64
    /// Of what the site may see; equal digests, equal content.
    public let digest: String

    /// Checks a database: SQLite's pages, and every entity folded again from its log.
    /// - Throws: ``NodeError`` when anything is wrong with it.
    init(checking path: String) throws {
        let database: Database
        do {
            database = try Database(path: path, mode: .readOnly)
        } catch let error as SQLiteError {
            throw Self.damaged(path, error.description)
        }
        defer { database.close() }
        let findings = try database.integrityCheck()
        guard findings.isEmpty else { throw Self.damaged(path, "\(findings.count) findings of the integrity check") }
        self = try database.transaction(.deferred) {
            let store = SiteStore(database, domain: DeskDomain())
            let life = try store.life()
            let verification = try DeskVerification.run(store, for: life.site)
            guard verification.isClean else {
                throw Self.damaged(path, "\(verification.problemCount) findings of verify")
            }
            return Holdings(life, try SiteFigures(of: store), digest: Secrets.hex(verification.digest))
        }
    }

    private init(_ life: Life, _ figures: SiteFigures, digest: String) {
        site = life.site
        isHub = life.isHub
        isStandby = life.isStandby
        origin = life.origin
        epoch = life.cursor.epoch.number
        epochRandom = life.cursor.epoch.random
        admission = life.admission
        tickets = figures.tickets
        changes = figures.changes
        unsent = life.isHub ? 0 : life.backlog
        self.digest = digest
    }

    /// `hub`, `standby` or `branch`.
    public var role: String { isHub ? "hub" : isStandby ? "standby" : "branch" }

    public var json: JSONValue {
        [
            "site": .string(site.text), "role": .string(role), "origin": .string(origin.description),
            "epoch": .integer(Int64(epoch)), "tickets": .integer(Int64(tickets)), "changes": .integer(changes),
            "unsent": .integer(Int64(clamping: unsent)), "digest": .string(digest),
        ]
    }

    private static func damaged(_ path: String, _ why: String) -> NodeError {
        NodeError(
            .badFolder, "\(path) is damaged: \(why).",
            remedy: "Keep it and use an older backup; `tributary doctor` and `tributary verify` say more.")
    }
}
