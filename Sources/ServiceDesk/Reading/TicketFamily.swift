import Replication
import SQLite

/// The tickets that one was opened for, and that were opened for it, as far as they are held here.
public struct TicketFamily: Sendable {
    public static let childLimit = 200

    public let parent: EntityRow?
    /// In the order in which they came here.
    public let children: [EntityRow]

    public init(of row: EntityRow, in store: SiteStore) throws {
        let parent = try row.state[TicketField.parent].bytesValue.flatMap { EntityID(kind: .ticket, bytes: $0) }
            .flatMap(store.row)
        self.parent = parent.flatMap { $0.state.exists && !$0.isWithdrawn ? $0 : nil }
        children = try store.database.all(
            "SELECT entity FROM child WHERE parent = ? ORDER BY entity LIMIT ?", row.id.bytes, Int64(Self.childLimit)
        ) { $0.int64(0) }.map { try store.row(number: $0) }
    }
}
