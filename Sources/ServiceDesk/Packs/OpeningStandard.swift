import Replication
import SQLite

/// The standard that a ticket was opened under, and whether its branch had missed a newer one.
public struct OpeningStandard: Equatable, Sendable {
    public let version: String
    /// The version that was in force when the ticket was opened, as far as is known here; nil when it is that one.
    public let missed: String?

    /// - Returns: nil while the standard is not here.
    public init?(of row: EntityRow, in store: SiteStore, shelf: PackShelf) throws {
        guard let name = row.state[TicketField.pack].bytesValue.flatMap({ EntityID(kind: .standard, bytes: $0) }),
            let version = try store.row(name)?.state[StandardField.version].textValue,
            let creation = try row.state.createdBy.flatMap(store.entry(of:))?.change
        else { return nil }
        self.version = version
        let inForce = try shelf.name(inForceAt: creation.stamp.milliseconds, in: store)
        missed = try inForce == name ? nil : inForce.flatMap(store.row)?.state[StandardField.version].textValue
    }
}
