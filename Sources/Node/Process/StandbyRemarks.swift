import Replication
import SQLite
import ServiceDesk

/// What an operator of a hub should know about its standbys and its last backup on another disk.
enum StandbyRemarks {
    /// A standby that has not been heard for so long would lose that much at a promotion, in milliseconds: an hour.
    static let silentMilliseconds: Int64 = 60 * 60 * 1_000

    static func of(_ folder: DataFolder) -> [Doctor.Remark] {
        guard let database = try? Database(path: folder.database, mode: .readOnly) else { return [] }
        defer { database.close() }
        let found = try? database.transaction(.deferred) {
            let store = SiteStore(database, domain: DeskDomain())
            return try store.peers().filter(\.isStandby).map { try remark($0, store) }
        }
        return found ?? []
    }

    private static func remark(_ peer: Peer, _ store: SiteStore) throws -> Doctor.Remark {
        let name = peer.site.text
        guard peer.joined != nil else {
            return warning(name, "It has never joined. Type: tributary hub standby \(name) --data DIR")
        }
        guard peer.entering == nil, !peer.isDropped else {
            return warning(name, "It is still being told what there is: until it has all, do not promote it lightly.")
        }
        let unread = try store.unread(by: peer, atMost: StatusReport.lagMax)
        let incomplete = try store.incomplete(at: peer)
        let behind = "\(unread)\(unread == StatusReport.lagMax ? " or more" : "") entries behind"
        let text = incomplete == 0 ? behind : behind + ", \(incomplete) histories on their way"
        let silence = SystemClock.wall() - peer.heard
        guard silence < silentMilliseconds else {
            return warning(name, "\(text), not heard for \(silence / 60_000) minutes. Look at its node and its line.")
        }
        return Doctor.Remark(subject: "standby \(name)", level: .good, text: text)
    }

    private static func warning(_ name: String, _ text: String) -> Doctor.Remark {
        Doctor.Remark(subject: "standby \(name)", level: .warning, text: text)
    }
}
