import Replication
import SQLite

/// Which conflicts a list shows: by ticket, those of one ticket together, the newest ticket first.
public struct ConflictQuery: Sendable {
    public enum Standing: Sendable {
        case open
        case settled
        case all
    }

    public var standing = Standing.open
    /// Only those in which a change of this site has lost or won.
    public var site: SiteID?
    /// Tickets on one page.
    public var limit = 50
    public var after: TicketQuery.Place?

    public init() {}

    /// The page, and the place to go on from if there is more. Tickets are counted and not conflicts, so that those of
    /// one ticket stay together.
    public func page(in store: SiteStore) throws -> (conflicts: [ConflictListing], next: TicketQuery.Place?) {
        let limit = min(max(1, limit), TicketQuery.limitMax)
        var (sql, values) = try tickets(in: store)
        if let after {
            sql = sql + " AND (ticket.opened, ticket.entity) < (?, ?)"
            values += [after.opened, after.number]
        }
        let places = try store.database.all(
            "SELECT ticket.opened, ticket.entity" + sql + " ORDER BY ticket.opened DESC, ticket.entity DESC LIMIT ?",
            values: values + [Int64(limit + 1)]
        ) { TicketQuery.Place(opened: $0.int64(0), number: $0.int64(1)) }
        let conflicts = try places.prefix(limit).flatMap { place in
            try list(of: store.row(number: place.number), in: store)
        }
        return (conflicts, places.count > limit ? places[limit - 1] : nil)
    }

    /// Those of one ticket.
    public func list(of row: EntityRow, in store: SiteStore) throws -> [ConflictListing] {
        let origins = try origins(in: store)
        return try ConflictListing.list(of: row, in: store).filter { listing in
            let isAsked =
                switch standing {
                case .open: !listing.item.isSettled
                case .settled: listing.item.isSettled
                case .all: true
                }
            guard isAsked, let origins else { return isAsked }
            return Self.concerns(listing.item, origins)
        }
    }

    private static func concerns(_ item: ConflictItem, _ origins: Set<OriginID>) -> Bool {
        item.members.flatMap(\.conflicts).contains {
            origins.contains($0.losing.origin) || origins.contains($0.winning.origin)
        }
    }

    /// The origins of the site that is asked for: those that the directory names, and the own one before it does.
    private func origins(in store: SiteStore) throws -> Set<OriginID>? {
        guard let site else { return nil }
        let named = try store.database.all("SELECT origin FROM site_origin WHERE site = ?", site.text) {
            OriginID(raw: $0.uint64(0))
        }
        let life = try store.life()
        return Set(named + (life.site == site ? [life.origin] : []))
    }

    /// Open ones are found by the index that the list of tickets keeps of them; others by the conflicts themselves,
    /// so that no ticket without any is read.
    private func tickets(in store: SiteStore) throws -> (sql: SQL, values: [(any SQLiteBindable)?]) {
        guard let site else {
            switch standing {
            case .open: return (" FROM ticket WHERE conflicts > 0", [])
            case .settled: return (Self.found("is_settled = 1"), [])
            case .all: return (Self.found("1 = 1"), [])
            }
        }
        let life = try store.life()
        let own = life.site == site ? life.origin.raw : 0
        let isOfSite: SQL = """
            (losing IN (SELECT origin FROM site_origin WHERE site = ?1)
            OR winning IN (SELECT origin FROM site_origin WHERE site = ?1) OR losing = ?2 OR winning = ?2)
            """
        let condition: SQL =
            switch standing {
            case .open: "is_settled = 0 AND "
            case .settled: "is_settled = 1 AND "
            case .all: "1 = 1 AND "
            }
        return (Self.found(condition + isOfSite), [site.text, own])
    }

    private static func found(_ condition: SQL) -> SQL {
        " FROM (SELECT DISTINCT entity FROM conflict WHERE " + condition
            + ") AS found CROSS JOIN ticket ON ticket.entity = found.entity WHERE 1 = 1"
    }
}
