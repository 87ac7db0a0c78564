import Replication
import SQLite
import Standards

/// The desk: what people do with tickets, turned into changes. Made for one transaction; time and identifiers are
/// passed in.
public struct Desk {
    public let store: SiteStore
    public let shelf: PackShelf
    public let actor: String
    /// Province time, in milliseconds since 1970.
    public let now: Int64
    /// Of this site's ticket numbers.
    public let letters: String
    /// Looked up once: a desk lives no longer than its transaction.
    private let inForce = Kept<(name: EntityID, pack: StandardPack)>()

    public init(_ store: SiteStore, shelf: PackShelf, actor: String, now: Int64, letters: String) {
        self.store = store
        self.shelf = shelf
        self.actor = actor
        self.now = now
        self.letters = letters
    }

    /// The standard in force; an error while none has reached this site.
    func standard() throws -> (name: EntityID, pack: StandardPack) {
        if let known = inForce.value { return known }
        guard let current = try shelf.current(in: store, at: now) else {
            throw DeskError(
                .noStandard, "No standard has reached this site yet.",
                remedy: "Publish one at the hub, or wait for the first exchange with it.")
        }
        inForce.value = current
        return current
    }

    /// After a standard was published.
    func forgetStandard() { inForce.value = nil }

    /// The ticket of an identifier or a number.
    public func ticket(_ name: String) throws -> EntityRow {
        if let id = EntityID(kind: .ticket, text: name.lowercased()), let row = try store.row(id),
            row.state.exists, !row.isWithdrawn
        {
            return row
        }
        let number = try store.database.first(
            "SELECT entity FROM ticket WHERE number = ? ORDER BY entity LIMIT 1", name.uppercased()
        ) { $0.int64(0) }
        guard let number else {
            throw DeskError(
                .notFound, "There is no ticket of that number or identifier here.",
                remedy:
                    "Check the number. A ticket of another branch, or one that has moved there, is not held here: ask "
                    + "that branch, or the hub.")
        }
        return try store.row(number: number)
    }

    /// The type of a ticket under the standard that it was opened under.
    public func type(of row: EntityRow) throws -> (pack: StandardPack, type: TicketType) {
        guard let name = row.state[TicketField.pack].bytesValue.flatMap({ EntityID(kind: .standard, bytes: $0) }),
            let pack = try shelf.pack(name, in: store),
            let type = row.state[TicketField.type].textValue.flatMap({ pack.ticketType($0) })
        else {
            throw DeskError(
                .noStandard, "The standard that this ticket was opened under is not here.",
                remedy: "Wait for the next exchange with the hub.")
        }
        return (pack, type)
    }
}
