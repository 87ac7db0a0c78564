import Hashing
import SQLite

/// A site's database, seen as replication sees it. Cheap to make: it holds nothing but the connection and the domain.
///
/// Methods that write are called inside a transaction, usually as one job of the group writer.
public struct SiteStore {
    public let database: Database
    public let domain: any Domain
    /// Told of every entity that is saved; nil where nobody asks.
    var changed: ChangedEntities?
    /// At the hub: what its own changes are sealed with. Empty elsewhere.
    let sealKey: [UInt8]

    public init(_ database: Database, domain: any Domain, sealKey: [UInt8] = []) {
        self.database = database
        self.domain = domain
        self.sealKey = sealKey
    }

    /// The small number by which tables name an origin; made when first needed.
    func originNumber(_ origin: OriginID, site: SiteID? = nil) throws -> Int64 {
        let memo = memo
        if site == nil, let number = memo?.origins[origin] { return number }
        let number = try storedOriginNumber(origin, site: site)
        memo?.origins[origin] = number
        return number
    }

    private func storedOriginNumber(_ origin: OriginID, site: SiteID?) throws -> Int64 {
        if let number = try database.first("SELECT number FROM origin WHERE id = ?", origin.raw, map: { $0.int64(0) }) {
            if let site {
                try database.run("UPDATE origin SET site = ? WHERE number = ? AND site IS NULL", site.text, number)
            }
            return number
        }
        try database.run(
            "INSERT INTO origin (id, site, position, digest) VALUES (?, ?, 0, ?)", origin.raw, site?.text,
            Digest128.zero)
        return database.lastInsertedRowID
    }

    func originID(_ number: Int64) throws -> OriginID {
        let memo = memo
        if let known = memo?.originIDs[number] { return known }
        let id = try storedOriginID(number)
        memo?.originIDs[number] = id
        return id
    }

    private func storedOriginID(_ number: Int64) throws -> OriginID {
        guard let raw = try database.first("SELECT id FROM origin WHERE number = ?", number, map: { $0.uint64(0) })
        else {
            throw ReplicationError(
                .inconsistent, "Origin \(number) is named and not there.", remedy: "Run `tributary verify`.")
        }
        return OriginID(raw: raw)
    }

    /// The site behind an origin, as the directory has it; nil while the directory does not name it.
    public func site(of origin: OriginID) throws -> SiteID? {
        try database.first("SELECT site FROM site_origin WHERE origin = ?", origin.raw) { SiteID($0.text(0)) }
    }
}
