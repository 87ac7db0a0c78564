import Replication
import SQLite
import ServiceDesk
import Standards

extension Backup {
    /// What the hub is to know of it.
    public var noted: NotedBackup { NotedBackup(admission: holdings.admission, time: time, place: place) }

    /// The epoch that it is of.
    public var epoch: Epoch { Epoch(number: holdings.epoch, random: holdings.epochRandom) }

    /// The same, for `POST /api/backups`.
    public var noting: JSONValue {
        [
            "admission": .integer(Int64(clamping: noted.admission)), "epoch": .integer(Int64(epoch.number)),
            "epochRandom": .string(OriginID(raw: epoch.random).description), "time": .integer(noted.time),
            "place": .string(noted.place),
        ]
    }

    /// Whether it counts as a second place of what the hub holds: it was checked, and no one broken disk takes both.
    public var isSecondPlace: Bool { holdings.isHub && !isSameDisk }

    /// Notes it in the database of the stopped hub.
    /// - Returns: whether it was of the hub's present epoch.
    public func note(in folder: DataFolder) throws -> Bool {
        let lock = try StoppedLock.take(folder, holdings.site, "noting a backup")
        defer { lock.release() }
        let database = try Database(path: folder.database, mode: .readWriteCreate)
        defer { database.close() }
        return try database.transaction(.immediate) {
            try SiteStore(database, domain: DeskDomain()).note(noted, of: epoch)
        }
    }
}
