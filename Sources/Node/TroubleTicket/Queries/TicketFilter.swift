import Replication
import SQLite
import ServiceDesk
import Standards

/// The part of a query that the table of tickets can answer.
struct TicketFilter {
    private(set) var sql: SQL = " FROM ticket WHERE 1 = 1"
    private(set) var values: [(any SQLiteBindable)?] = []
    /// Whether it is the whole query.
    private(set) var isExact = true

    init(_ conditions: [Condition], in store: SiteStore, shelf: PackShelf) throws {
        for condition in conditions {
            if try !take(condition, store, shelf) { isExact = false }
        }
    }

    /// - Returns: whether the table answers it whole.
    private mutating func take(_ condition: Condition, _ store: SiteStore, _ shelf: PackShelf) throws -> Bool {
        guard condition.path.count == 1 else { return false }
        switch (condition.attribute, condition.comparison) {
        case ("ticketType", .equal):
            add(" AND type IN (", condition.values)
            return true
        case ("name", .equal):
            add(" AND subject IN (", condition.values)
            return true
        case ("id", .equal):
            let numbers = try condition.values.compactMap { text in
                try EntityID(kind: .ticket, text: text).flatMap(store.row)?.number
            }
            sql = sql + " AND entity IN (" + Self.places(numbers.count) + ")"
            values += numbers
            return true
        case ("status", .equal): return try takeStatus(condition.values, store, shelf)
        case ("creationDate", let comparison): return takeOpened(comparison, condition.values)
        default: return false
        }
    }

    private mutating func add(_ beginning: SQL, _ texts: [String]) {
        sql = sql + beginning + Self.places(texts.count) + ")"
        values += texts
    }

    private static func places(_ count: Int) -> SQL {
        (0..<count).reduce("  ") { text, place in text + (place == 0 ? " ?" : ", ?") }
    }

    private mutating func takeOpened(_ comparison: Condition.Comparison, _ texts: [String]) -> Bool {
        guard texts.count == 1, let time = Condition.instant(texts[0]) else { return false }
        switch comparison {
        case .equal: sql = sql + " AND opened = ?"
        case .greater: sql = sql + " AND opened > ?"
        case .greaterOrEqual: sql = sql + " AND opened >= ?"
        case .less: sql = sql + " AND opened < ?"
        case .lessOrEqual: sql = sql + " AND opened <= ?"
        }
        values.append(time)
        return true
    }

    /// The states that have one of the statuses under any standard that is here. Where two standards disagree on one,
    /// each ticket has to be asked.
    private mutating func takeStatus(_ wanted: [String], _ store: SiteStore, _ shelf: PackShelf) throws -> Bool {
        var statuses: [[String]: Set<String>] = [:]
        let names = try store.database.all(
            "SELECT entity.id FROM standard JOIN entity ON entity.number = standard.entity"
        ) { EntityID(kind: .standard, bytes: $0.blob(0)) }
        for name in names.compactMap(\.self) {
            // One that this version cannot read shows no status of its tickets either.
            for type in (try? shelf.pack(name, in: store))?.ticketTypes ?? [] {
                for state in type.states { statuses[[type.id, state.id], default: []].insert(state.status.rawValue) }
            }
        }
        let pairs = statuses.filter { !$0.value.isDisjoint(with: wanted) }
        sql = sql + " AND (type, state) IN (VALUES (NULL, NULL)"
        for pair in pairs.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            sql = sql + ", (?, ?)"
            values += [pair[0], pair[1]]
        }
        sql = sql + ")"
        return pairs.allSatisfy { $0.value.count == 1 }
    }
}
