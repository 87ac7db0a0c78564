import Foundation
import Replication
import SQLite
import Standards

/// A copy of a site's database from which the site can be restored, made while its node works.
///
/// It holds the configuration, a branch's credential with it, since that is what a restored branch shows to the hub. It
/// never holds the API's token, the hub key, the secret shared with a gateway for notices, the sessions of those who
/// are signed in, or a one-time link; accounts are in it, their passwords hashed. Keep it as you keep the folder:
/// customers' words are in it.
public struct Backup: Sendable {
    public let holdings: Holdings
    /// When the copy was made, in milliseconds by the machine's clock.
    public let time: Int64
    public let timeText: String
    public let bytes: Int
    /// The folder that it is in.
    public let place: String
    /// Whether it lies on the disk of the site itself.
    public let isSameDisk: Bool

    public var json: JSONValue {
        guard case .object(var members) = holdings.json else { return holdings.json }
        members["format"] = 1
        members["time"] = .string(timeText)
        members["bytes"] = .integer(Int64(bytes))
        members["software"] = .string(Software.version)
        return .object(members)
    }

    /// Makes a backup in a folder of its own, which is there when the backup is whole and checked, and not before.
    /// - Parameter step: is told what is being done.
    /// - Throws: ``NodeError`` when the target exists, or the copy is not whole.
    public static func make(
        of folder: DataFolder, to target: DataFolder, step: (String) -> Void = { _ in }
    ) throws -> Backup {
        let configuration = try NodeConfiguration(folder: folder)
        let draft = DataFolder(target.path + ".part")
        for place in [target, draft] where Files.exists(place.path) {
            throw NodeError(
                .badFolder, "\(place.path) exists.",
                remedy: place.path == target.path
                    ? "A backup replaces nothing: name a new folder."
                    : "A backup was cut off there: remove it, or name another folder.")
        }
        try draft.create()
        do {
            let backup = try fill(draft, for: target, from: folder, configuration, step)
            guard draft.sync() else { throw NodeError.unsynced(draft) }
            try Files.move(draft.path, to: target.path)
            guard DataFolder(target.path + "/..").sync() else { throw NodeError.unsynced(target) }
            return backup
        } catch {
            try? FileManager.default.removeItem(atPath: draft.path)
            throw error
        }
    }

    private static func fill(
        _ draft: DataFolder, for target: DataFolder, from folder: DataFolder, _ configuration: NodeConfiguration,
        _ step: (String) -> Void
    ) throws -> Backup {
        let time = SystemClock.wall()
        step("copying the database")
        let source = try Database(path: folder.database, mode: .readOnly)
        do {
            defer { source.close() }
            try source.copy(to: draft.database)
        }
        // Payments are noted in the database after they are in the file, so what it says of them is in this copy.
        if configuration.isHub, Files.exists(folder.payments) { try Files.copy(folder.payments, to: draft.payments) }
        if configuration.isHub { try copyNotices(from: folder, to: draft, step) }
        try mark(draft)
        step("opening and checking the copy")
        let holdings = try Holdings(checking: draft.database)
        for end in ["-wal", "-shm"] { draft.remove(draft.database + end) }
        let backup = Backup(
            holdings: holdings, time: time, timeText: TimeText(configuration.timeZone).text(time),
            bytes: Files.size(draft.database), place: target.path,
            isSameDisk: Files.areOnOneDisk(draft.path, folder.path))
        try draft.replace(draft.configuration, with: configuration.json.bytes(pretty: true) + [0x0A])
        try draft.replace(draft.backup, with: backup.json.bytes(pretty: true) + [0x0A])
        return backup
    }

    /// What was told is in its file before it is noted in the database, as payments are.
    private static func copyNotices(from folder: DataFolder, to draft: DataFolder, _ step: (String) -> Void) throws {
        if Files.exists(folder.notices) { try Files.copy(folder.notices, to: draft.notices) }
        guard Files.exists(folder.noticeSettings) else { return }
        guard let settings = try? NoticeSettings(folder: folder) else {
            return step("leaving out \(folder.noticeSettings), which cannot be read")
        }
        try settings.saveWithoutSecret(in: draft)
    }

    /// Marks the copy, so that whoever starts on it, by whatever way it gets there, goes on under a new origin.
    private static func mark(_ draft: DataFolder) throws {
        let database = try Database(path: draft.database, mode: .readWriteCreate)
        do {
            defer { database.close() }
            try database.run("UPDATE life SET is_copy = 1")
            try AccessTables(database).removeWhatOpens()
            try database.checkpoint(truncate: true)
        }
        try Files.sync(draft.database)
    }
}

extension NodeError {
    static func unsynced(_ folder: DataFolder) -> NodeError {
        NodeError(
            .badFolder, "\(folder.path) cannot be put on the disk.", remedy: "Check the disk, and do it once more.")
    }
}
