import SQLite

/// A site that holds an entity, as the hub has it.
struct Member {
    /// The site's number in the feeds.
    let site: Int64
    /// Whether its history has gone whole.
    let isWhole: Bool
}

extension SiteStore {
    /// Who holds an entity.
    func members(of entity: Int64) throws -> [Member] {
        let memo = memo
        if let known = memo?.members, known.entity == entity { return known.list }
        let list = try database.all("SELECT site, is_whole FROM member WHERE entity = ? ORDER BY site", entity) {
            Member(site: $0.int64(0), isWhole: $0.bool(1))
        }
        memo?.members = (entity, list)
        return list
    }

    /// To be called after every change of who holds what.
    func forgetMembers() { memo?.members = nil }
}
