import Foundation
import Glibc
import SQLite

/// Looks at a site's folder for what an operator should see to; changes nothing, and works while the node runs.
public enum Doctor {
    public enum Level: String, Sendable {
        case good
        case warning
        case wrong
    }

    public struct Remark: Sendable {
        public let subject: String
        public let level: Level
        /// What was found, and for anything but `good` what to do.
        public let text: String

        public init(subject: String, level: Level, text: String) {
            self.subject = subject
            self.level = level
            self.text = text
        }
    }

    /// Free space below this is a warning, in bytes: 1 GiB.
    public static let freeBytesMin: UInt64 = 1 << 30

    public static func examine(_ folder: DataFolder) throws -> [Remark] {
        let configuration = try NodeConfiguration(folder: folder)
        var remarks = [
            Remark(
                subject: "site", level: .good,
                text: "\(configuration.site), \(configuration.role), software \(Software.version)"),
            sqlite(), space(folder), database(folder), starts(folder),
        ]
        let secrets =
            [folder.configuration, folder.token] + (configuration.isHub ? [folder.hubKey] : [])
        remarks += secrets.map(secrecy)
        remarks += AccessRemarks.of(folder, configuration)
        if configuration.isHub {
            remarks.append(keyExport(folder))
            remarks += StandbyRemarks.of(folder)
            remarks += NoticeRemarks.of(folder)
        }
        return remarks
    }

    private static func sqlite() -> Remark {
        let version = Database.libraryVersion
        guard Database.hasWALResetBug else { return Remark(subject: "SQLite", level: .good, text: version) }
        return Remark(
            subject: "SQLite", level: .warning,
            text: "\(version) can corrupt a database that two connections write or checkpoint at once (fixed "
                + "in 3.51.3). "
                + "This program writes through one; let no other program open the file.")
    }

    /// No program can see whether the copy is still there; that one was made at all it can.
    private static func keyExport(_ folder: DataFolder) -> Remark {
        HubKey.isExported(folder)
            ? Remark(
                subject: "hub key", level: .good,
                text: "exported; see now and then that the copy is still where you keep it")
            : Remark(
                subject: "hub key", level: .wrong,
                text: "It was never exported: without it a lost hub cannot be rebuilt. Type: tributary hub key --data "
                    + "\(folder.path) --to FILE, and keep FILE at another place.")
    }

    private static func space(_ folder: DataFolder) -> Remark {
        var facts = statvfs()
        guard statvfs(folder.path, &facts) == 0 else {
            return Remark(subject: "disk", level: .wrong, text: "The folder cannot be read. Check its rights.")
        }
        let free = UInt64(facts.f_bavail) * UInt64(facts.f_frsize)
        let text = "\(free >> 20) MiB free"
        return free >= freeBytesMin
            ? Remark(subject: "disk", level: .good, text: text)
            : Remark(
                subject: "disk", level: .warning,
                text: text + ". Make room: a full disk makes the node "
                    + "read-only.")
    }

    private static func database(_ folder: DataFolder) -> Remark {
        do {
            let database = try Database(path: folder.database, mode: .readOnly)
            defer { database.close() }
            let findings = try database.integrityCheck()
            return findings.isEmpty
                ? Remark(subject: "database", level: .good, text: "integrity check passed")
                : Remark(
                    subject: "database", level: .wrong,
                    text: "\(findings.count) findings of the integrity check. Stop the node and join the site again.")
        } catch {
            return Remark(subject: "database", level: .wrong, text: "\(error)")
        }
    }

    private static func starts(_ folder: DataFolder) -> Remark {
        let exists = FileManager.default.fileExists(atPath: folder.starts)
        return exists
            ? Remark(subject: "side file", level: .good, text: folder.starts)
            : Remark(
                subject: "side file", level: .warning,
                text: "\(folder.starts) is missing. It is made at the next start; copy it with no backup.")
    }

    private static func secrecy(_ file: String) -> Remark {
        var facts = stat()
        guard stat(file, &facts) == 0 else {
            return Remark(
                subject: file, level: .wrong,
                text: "It is missing. Join the site again, or restore "
                    + "the file.")
        }
        return facts.st_mode & 0o077 == 0
            ? Remark(subject: file, level: .good, text: "readable by its owner only")
            : Remark(subject: file, level: .wrong, text: "Others can read it. Type: chmod 600 \(file)")
    }
}
