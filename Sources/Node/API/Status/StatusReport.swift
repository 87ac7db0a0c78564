import Replication
import SQLite
import ServiceDesk
import Standards

/// What `GET /api/status` says: how far a site has come, what waits, and what needs a person.
public struct StatusReport {
    /// Entries a site has not read, counted no further than this.
    public static let lagMax = 10_000

    /// Of incidents the newest; all that are kept: `GET /api/incidents`.
    static let incidentsShown = 3

    private let store: SiteStore
    private let life: Life
    private let wording: Wording
    private let report: ExchangeReport

    init(_ store: SiteStore, wording: Wording, report: ExchangeReport) {
        self.store = store
        life = wording.life
        self.wording = wording
        self.report = report
    }

    /// The status of a site, of a stopped one too.
    /// - Parameters:
    ///   - report: what the exchange has to tell; of a stopped site a fresh one.
    ///   - mode: whether the writer takes jobs.
    ///   - jobs: what is under way; of a stopped site nothing.
    ///   - now: province time, in milliseconds.
    public static func json(
        _ store: SiteStore, configuration: NodeConfiguration, shelf: PackShelf, report: ExchangeReport,
        mode: GroupWriter.State, jobs: [JobReport] = [], now: Int64
    ) throws -> JSONValue {
        let wording = Wording(store, life: try store.life(), shelf: shelf, timeZone: configuration.timeZone)
        let status = try StatusReport(store, wording: wording, report: report).json(shelf, mode, now)
        guard case .object(var members) = status else { return status }
        members["jobs"] = .array(jobs.map { JobView.json($0, now: now, wording) })
        return .object(members)
    }

    private func json(_ shelf: PackShelf, _ mode: GroupWriter.State, _ now: Int64) throws -> JSONValue {
        let figures = try SiteFigures(of: store)
        let current = try shelf.current(in: store, at: now)
        let peers = life.isHub ? try store.peers() : []
        var members: [String: JSONValue] = [
            "site": .string(life.site.text),
            "role": .string(life.isHub ? "hub" : life.isStandby ? "standby" : "branch"),
            "software": .string(Software.version), "sqlite": .string(Database.libraryVersion),
            "start": .integer(Int64(life.start)), "origin": .string(life.origin.description),
            "epoch": ["number": .integer(Int64(life.cursor.epoch.number))], "now": wording.time(now),
            "exchange": exchange, "clock": try ClockView(store, life, report, now: now).json(wording),
            "watermark": wording.time(try store.dataAsOf().time),
            "cursor": .integer(Int64(clamping: life.isHub ? life.admission : life.cursor.chain.number)),
            "standard": current.map { ["version": .string($0.pack.version), "digest": .string($0.name.text)] } ?? .null,
            "tickets": .integer(Int64(figures.tickets)), "changes": .integer(figures.changes),
            "ownChanges": .integer(Int64(clamping: life.chain.number)),
            "openConflicts": .integer(Int64(figures.openConflicts)),
            "refusedChanges": .integer(Int64(figures.refusedChanges)),
            "backlog": .integer(Int64(clamping: life.isHub ? 0 : life.backlog)), "oldestUnsent": try oldestUnsent(),
        ]
        members["comparing"] = life.comparing.word.map { .string($0) } ?? .null
        members["superseded"] = .bool(report.isSuperseded)
        members["incidents"] = .array(
            try store.incidents(limit: Self.incidentsShown).map { IncidentView.json($0, wording) })
        let reason = Self.reason(mode)
        members["mode"] = reason == nil ? "writing" : "readOnly"
        members["modeReason"] = reason.map { .string($0) } ?? .null
        if life.isStandby {
            members["incomplete"] = .integer(Int64(try store.incompleteEntities()))
        }
        if life.isHub {
            members["waitingChanges"] = .integer(Int64(figures.waitingChanges))
            let standing = HubStanding(life, peers, contradiction: report.contradiction)
            members["doubt"] = standing.doubt.map { .string($0) } ?? .null
            members["gathering"] = .bool(standing.isGathering)
            members["awaited"] = .array(standing.awaited.map { .string($0.text) })
            members["remedy"] = standing.remedy.map { .string($0) } ?? .null
            let standards = try StandardListing.all(in: store, shelf: shelf, at: now)
            members["peers"] = .array(try peers.map { try peer($0, standards) })
            members["backup"] = try store.notedBackup().map(backup) ?? .null
        }
        return .object(members)
    }

    /// The contradiction that a process would find at its start, for the status of a site whose node is stopped.
    static func report(ofStopped life: Life, contradiction: String?) -> ExchangeReport {
        var report = ExchangeReport()
        guard life.isHub else { return report }
        report.contradiction = contradiction ?? (life.isCopy ? Site.copied : nil)
        return report
    }

    /// Why nothing is written; nil while it is.
    static func reason(_ mode: GroupWriter.State) -> String? {
        switch mode {
        case .writing: nil
        case .readOnly(let reason): reason
        case .outcomeUnknown: "a commit has failed; the database is being opened again"
        }
    }

    private var exchange: JSONValue {
        [
            "phase": .string(report.phase), "lastHeard": wording.time(report.lastHeard ?? 0),
            "lastError": report.lastError.map { .string($0) } ?? .null,
            "offsetMilliseconds": .integer(report.offsetMilliseconds), "measured": .bool(report.measured),
            "skew": .string(Skew(milliseconds: report.offsetMilliseconds).rawValue),
        ]
    }

    private func oldestUnsent() throws -> JSONValue {
        guard !life.isHub, life.backlog > 0 else { return .null }
        let first = ChangeReference(origin: life.origin, sequence: life.acknowledged.number + 1)
        return try store.entry(of: first).map { wording.time($0.change.stamp) } ?? .null
    }

    /// The last backup that counts as a second place.
    private func backup(_ backup: NotedBackup) -> JSONValue {
        [
            "admission": .integer(Int64(clamping: backup.admission)), "at": wording.time(backup.time),
            "place": .string(backup.place),
        ]
    }

    /// - Parameter standards: the newest first.
    private func peer(_ peer: Peer, _ standards: [StandardListing]) throws -> JSONValue {
        let missing = try standards.filter { try !store.hasRead($0.name, peer) }
        let latency = report.latency[peer.site].map { latency -> JSONValue in
            ["p50": .integer(latency.p50), "p95": .integer(latency.p95), "samples": .integer(Int64(latency.samples))]
        }
        return [
            "site": .string(peer.site.text), "role": peer.isStandby ? "standby" : "branch",
            "entering": .bool(peer.entering != nil), "incomplete": .integer(Int64(try store.incomplete(at: peer))),
            "joined": .bool(peer.joined != nil),
            "origin": peer.origin.map { .string($0.description) } ?? .null,
            "cursor": .integer(Int64(clamping: peer.feed.number)),
            "lag": .integer(Int64(try store.unread(by: peer, atMost: Self.lagMax))),
            "backlog": .integer(Int64(clamping: peer.backlog)), "watermark": wording.time(peer.watermark),
            "lastHeard": wording.time(peer.heard), "wallOffsetMilliseconds": .integer(peer.wallOffset),
            "skew": .string(Skew(milliseconds: peer.wallOffset).rawValue), "software": .string(peer.software),
            "counting": .bool(peer.isCounting), "compared": .bool(peer.isCompared), "lost": .bool(peer.isLost),
            "dropped": .bool(peer.isDropped),
            "superseded": .bool(report.superseded.contains(peer.site)),
            "revoked": .bool(try store.credential(of: peer.site)?.isRevoked ?? false),
            "latencyMilliseconds": latency ?? .null,
            "missingStandards": .array(missing.map { .string($0.version) }),
        ]
    }
}
