import Replication
import SQLite

/// The allowances that are held here.
public enum AllowanceBook {
    /// Newest first.
    public static func all(in store: SiteStore) throws -> [RefundAllowance] {
        let numbers = try store.database.all("SELECT entity FROM allowance ORDER BY entity DESC") { $0.int64(0) }
        return try numbers.compactMap { RefundAllowance(try store.row(number: $0)) }
    }

    public static func find(_ name: String, in store: SiteStore) throws -> RefundAllowance? {
        guard let id = EntityID(kind: .allowance, text: name.lowercased()) else { return nil }
        return try store.row(id).flatMap(RefundAllowance.init)
    }

    /// The allowance that is out and covers a charge.
    static func covering(_ charge: String, in store: SiteStore) throws -> RefundAllowance? {
        let candidates = try store.database.all(
            "SELECT entity FROM allowance WHERE is_out = 1 AND substr(?1, 1, length(prefix)) = prefix ORDER BY entity",
            charge
        ) { $0.int64(0) }
        return try candidates.compactMap { RefundAllowance(try store.row(number: $0)) }.first { $0.covers(charge) }
    }

    /// Whether a charge was paid out of an allowance, be it returned meanwhile.
    static func isPaid(_ charge: String, in store: SiteStore) throws -> Bool {
        try store.database.first("SELECT 1 FROM payment WHERE charge = ? LIMIT 1", charge) { _ in true } ?? false
    }

    /// An allowance that is out and covers some of the charges that another prefix would.
    static func overlapping(_ prefix: String, besides entity: EntityID, in store: SiteStore) throws -> RefundAllowance?
    {
        try all(in: store).first { other in
            other.isOut && other.row.id != entity
                && (other.prefix.utf8.starts(with: prefix.utf8) || prefix.utf8.starts(with: other.prefix.utf8))
        }
    }

    /// Every charge with a prefix that somebody has asked for, and that was not refused, or that was paid: it stays
    /// with whoever has it.
    static func taken(_ prefix: String, in store: SiteStore) throws -> [String] {
        var charges: Set<String> = []
        let asked = try store.database.all(
            "SELECT DISTINCT entity FROM request WHERE outcome IS NULL OR outcome = ? ORDER BY entity",
            Int64(Answer.Outcome.granted.rawValue)
        ) { $0.int64(0) }
        for number in asked {
            let state = try store.row(number: number).state
            for item in state.requests where item.request.key.utf8.starts(with: prefix.utf8) {
                if state.answer(to: item.by)?.outcome != .refused { charges.insert(item.request.key) }
            }
        }
        let paid = try store.database.all(
            "SELECT charge FROM payment WHERE substr(charge, 1, length(?1)) = ?1 ORDER BY charge", prefix
        ) { $0.text(0) }
        return charges.union(paid).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    static func project(_ row: EntityRow, isVisible: Bool, in database: Database) throws {
        try database.run("DELETE FROM payment WHERE entity = ?", row.number)
        guard isVisible, let allowance = RefundAllowance(row) else {
            try database.run("DELETE FROM allowance WHERE entity = ?", row.number)
            return
        }
        try database.run(
            "INSERT OR REPLACE INTO allowance VALUES (?, ?, ?)", row.number, allowance.prefix, allowance.isOut)
        for payment in allowance.payments {
            try database.run("INSERT OR IGNORE INTO payment VALUES (?, ?)", row.number, payment.charge)
        }
    }

    static func problems(of row: EntityRow, in database: Database) throws -> [String] {
        guard let allowance = RefundAllowance(row) else { return [] }
        let listed = try database.all("SELECT charge FROM payment WHERE entity = ? ORDER BY charge", row.number) {
            $0.text(0)
        }
        let paid = Set(allowance.payments.map(\.charge)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return listed == paid
            ? [] : ["The payments out of allowance \(row.id.text) are listed otherwise than its changes say."]
    }
}
