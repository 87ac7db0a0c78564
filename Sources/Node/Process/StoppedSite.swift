import Foundation
import Replication
import SQLite
import ServiceDesk
import Standards

/// A site whose node is not running, looked into by a command. Takes the lock while it looks, and writes nothing.
public struct StoppedSite {
    private let folder: DataFolder

    public init(_ folder: DataFolder) { self.folder = folder }

    /// Like `GET /api/verify`.
    /// - Parameter site: whose view the digest is of; this site's own when nil.
    public func verify(for site: String?) throws -> JSONValue {
        try look { store in
            let viewer = try site.map { SiteID($0) } ?? store.life().site
            return VerificationView.json(try DeskVerification.run(store, for: viewer))
        }
    }

    /// Like `GET /api/status`, as far as it can be said of a site that is not running.
    public func status() throws -> JSONValue {
        let configuration = try NodeConfiguration(folder: folder)
        return try look { store in
            let life = try store.life()
            let side = try SideFile(folder: folder).contradiction(after: life.start, isHub: life.isHub)
            let status = try StatusReport.json(
                store, configuration: configuration, shelf: PackShelf(),
                report: StatusReport.report(ofStopped: life, contradiction: side), mode: .writing,
                now: SystemClock.wall())
            guard case .object(var members) = status else { return status }
            members["running"] = false
            return .object(members)
        }
    }

    /// Like `GET /api/incidents`.
    public func incidents(limit: Int) throws -> JSONValue {
        let configuration = try NodeConfiguration(folder: folder)
        return try look { store in
            let wording = Wording(
                store, life: try store.life(), shelf: PackShelf(), timeZone: configuration.timeZone)
            return ["incidents": .array(try store.incidents(limit: limit).map { IncidentView.json($0, wording) })]
        }
    }

    /// Like `GET /api/export/…`.
    /// - Parameter take: gets the file piece by piece; what it throws ends the export.
    public func export(_ query: ExportQuery, _ take: ([UInt8]) throws -> Void) throws {
        try look { store in
            var export = try Export(query, in: store, shelf: PackShelf(), at: SystemClock.wall())
            while let piece = try export.next() { try take(piece) }
        }
    }

    /// Like `GET /api/export/…/map`.
    public func exportMap(_ query: ExportQuery) throws -> JSONValue {
        try look { store in try ExportMap.json(query, in: store, shelf: PackShelf(), at: SystemClock.wall()) }
    }

    private func look<T>(_ body: (SiteStore) throws -> T) throws -> T {
        let configuration = try NodeConfiguration(folder: folder)
        let lock = try LockFile(path: folder.lock, name: "\(configuration.site) (a command)")
        defer { lock.release() }
        let database = try Database(path: folder.database, mode: .readOnly)
        defer { database.close() }
        return try database.transaction(.deferred) { try body(SiteStore(database, domain: DeskDomain())) }
    }
}
