import Replication
import SQLite
import ServiceDesk

/// What an operator of a hub should know about what customers are told.
enum NoticeRemarks {
    /// Empty while the database is one that an earlier version has made.
    static func of(_ folder: DataFolder) -> [Doctor.Remark] {
        guard let database = try? Database(path: folder.database, mode: .readOnly) else { return [] }
        defer { database.close() }
        let found = try? database.transaction(.deferred) {
            let book = NoticeBook(SiteStore(database, domain: DeskDomain()), shelf: PackShelf())
            return (try book.count(.uncertain), try book.count(.failed))
        }
        guard let (uncertain, failed) = found else { return [] }
        let counts = "\(uncertain) uncertain, \(failed) failed"
        do {
            if let hold = try NoticeSettings(folder: folder).hold {
                return [remark(.warning, "They are held: \(hold.why). \(hold.remedy(data: folder.path)) \(counts).")]
            }
        } catch {
            return [remark(.wrong, "\(error)")]
        }
        guard uncertain + failed > 0 else { return [remark(.good, counts)] }
        let list = "See them: tributary notices list --data \(folder.path) --state uncertain, or --state failed."
        return [remark(.warning, "\(counts). \(list)")]
    }

    private static func remark(_ level: Doctor.Level, _ text: String) -> Doctor.Remark {
        Doctor.Remark(subject: "notices", level: level, text: text)
    }
}
