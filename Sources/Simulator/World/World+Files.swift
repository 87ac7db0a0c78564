import Replication
import SQLite

/// Which files of tickets have still to come, as the databases tell.
extension World {
    struct LackedFile: Hashable {
        /// The ticket's identifier and the file's hash, in hexadecimal.
        let ticket: String
        let hash: String
        let size: Int64
        /// Whether it is the hub that lacks it.
        let isAtHub: Bool
    }

    /// Files that a branch or the hub lacks of a ticket that both hold, and the other one has. Large ones stay where
    /// they are until somebody asks.
    func lackedFiles(between site: SimulatedSite) -> [LackedFile] {
        guard scenario.workload.attachmentsPerMille > 0 || people.hasProcedures, !site.isHub else { return [] }
        guard let here = files(at: site), !here.isEmpty, let there = files(at: sites[0]) else { return [] }
        return here.sorted { $0.key < $1.key }.compactMap { name, file in
            guard let other = there[name], other.isWhole != file.isWhole else { return nil }
            guard file.isWhole || file.size <= Int64(AttachmentLimits.bytesFetchedUnasked) else { return nil }
            return LackedFile(
                ticket: String(name.prefix(32)), hash: String(name.dropFirst(32)), size: file.size,
                isAtHub: file.isWhole)
        }
    }

    /// Whether nothing that was erased is left in a site's log.
    func isWiped(_ site: SimulatedSite) -> Bool { !(site.process?.hasToWipe ?? false) }

    private func files(at site: SimulatedSite) -> [String: (size: Int64, isWhole: Bool)]? {
        look(at: site) { database in
            var found: [String: (size: Int64, isWhole: Bool)] = [:]
            try database.forEach(
                """
                SELECT lower(hex(entity.id)) || lower(hex(attachment.hash)), attachment.size, ifnull(is_whole, 0)
                FROM attachment JOIN entity ON entity.number = attachment.entity
                LEFT JOIN content ON content.number = attachment.content WHERE is_withdrawn = 0
                """
            ) { row in
                found[row.text(0)] = (row.int64(1), row.bool(2))
                return true
            }
            return found
        }
    }
}
