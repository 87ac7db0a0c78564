import Foundation
import SQLite

@testable import Replication

extension TestProvince {
    /// A snapshot of what a site may see now.
    /// - Returns: its path.
    func snapshot(for site: SiteID, domain: any Domain = TestDomain()) throws -> String {
        let path = folder + "/\(UUID().uuidString).snapshot"
        let database = try Database(path: path, mode: .readWriteCreate)
        defer { database.close() }
        try database.migrate(Schema.migrations)
        try database.setUpForBulkLoading(syncs: false)
        try Snapshot.fill(database, from: hub.path, for: site, domain: domain, at: now)
        return path
    }

    /// A new machine takes a branch's place, and begins with a snapshot.
    func replace(_ site: TestSite, origin: OriginID, with snapshot: String) throws -> TestSite {
        let place = folder + "/\(origin)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: snapshot, toPath: place + "/\(site.id).db")
        let fresh = try TestSite(site.id, in: place, domain: TestDomain())
        try fresh.database.transaction(.immediate) {
            try fresh.store.foundOnSnapshot(site: site.id, origin: origin, epoch: hub.life().cursor.epoch)
        }
        try fresh.begin()
        try hub.session { try $0.join(site.id, origin: origin, willCompare: true, actor: "operator", at: now) }
        branches = branches.map { $0.id == site.id ? fresh : $0 }
        return fresh
    }
}
