import Replication
import SQLite
import Standards

/// Writes a table of tickets, timelines, conflicts or decisions, piece by piece.
///
/// It is made and drawn inside one transaction, so that everything it tells is of one moment. It holds one ticket with
/// its changes and one page of numbers, whatever the table's size; of what few tickets are, and of requests, all
/// numbers, at most 40 bytes each. Rows stand in the order of the tickets' numbers, which is the same at every site, so
/// that two exports can be compared line by line.
public struct Export {
    /// About how many bytes a piece has; a row is never divided.
    public static let pieceBytes = 64 << 10
    /// Tickets whose places are read at once.
    static let pageTickets = 200

    let query: ExportQuery
    let store: SiteStore
    let shelf: PackShelf
    let life: Life
    let layout: ExportLayout
    private let writer: RowWriter
    /// Rows written so far.
    public private(set) var rows = 0

    private var hasBegun = false
    private var tickets: TicketPlaces
    private var requests: RequestPlaces
    private var waiting: ArraySlice<[ExportValue]> = []
    private var timeline: TimelineRows?
    private var forms: [FormName: (words: FormWords, standard: String)] = [:]
    private var sites: [OriginID: String] = [:]

    /// A ticket's standard and type.
    private struct FormName: Hashable {
        let pack: EntityID
        let type: String
    }

    /// - Throws: ``DeskError`` when no standard is held, or none has the ticket type that is asked for.
    public init(_ query: ExportQuery, in store: SiteStore, shelf: PackShelf, at milliseconds: Int64) throws {
        self.query = query
        self.store = store
        self.shelf = shelf
        life = try store.life()
        layout = try ExportLayout(of: query.tickets.type, in: store, shelf: shelf, at: milliseconds)
        writer = RowWriter(query.format, columns: layout.columns(of: query.subject))
        tickets = TicketPlaces(query.tickets)
        requests = RequestPlaces(query.tickets)
    }

    /// The next piece of the file; nil at its end. The first one holds the header of a CSV file.
    public mutating func next() throws -> [UInt8]? {
        var piece: [UInt8] = []
        if !hasBegun { writer.writeHeader(to: &piece) }
        hasBegun = true
        while piece.count < Self.pieceBytes, let row = try nextRow() {
            writer.write(row, to: &piece)
            rows += 1
        }
        return piece.isEmpty ? nil : piece
    }

    private mutating func nextRow() throws -> [ExportValue]? {
        if query.subject == .decisions { return try nextDecision() }
        while true {
            if var rows = timeline {
                // Given back below: held twice, its state would be copied for every change.
                timeline = nil
                let row = try rows.next(&self)
                if let row {
                    timeline = rows
                    return row
                }
            }
            if let row = waiting.popFirst() { return row }
            guard let number = try tickets.next(in: store) else { return nil }
            let row = try store.row(number: number)
            guard isWanted(row) else { continue }
            switch query.subject {
            case .tickets: waiting = [try ticket(row)]
            case .timelines: timeline = TimelineRows(of: row, entries: try store.entries(of: number))
            case .conflicts: waiting = try conflicts(of: row)[...]
            case .decisions: return nil
            }
        }
    }

    private mutating func nextDecision() throws -> [ExportValue]? {
        while let place = try requests.next(in: store) {
            let row = try store.row(number: place.entity)
            if isWanted(row) { return try decision(place, of: row) }
        }
        return nil
    }

    private func isWanted(_ row: EntityRow) -> Bool {
        query.updatedSince.map { row.state.last?.stamp.milliseconds ?? 0 >= $0 } ?? true
    }

    /// The words of a ticket's form, and the version of the standard that it was opened under.
    mutating func form(of state: EntityState) throws -> (words: FormWords, standard: String) {
        guard let pack = state[TicketField.pack].bytesValue.flatMap({ EntityID(kind: .standard, bytes: $0) }) else {
            return (FormWords([]), "")
        }
        let name = FormName(pack: pack, type: state[TicketField.type].textValue ?? "")
        if let found = forms[name] { return found }
        let standard = try shelf.pack(pack, in: store)
        let form = (FormWords(standard?.ticketType(name.type)?.fields ?? []), standard?.version ?? "")
        forms[name] = form
        return form
    }

    /// The site behind an origin; the origin itself while the directory does not name it.
    mutating func site(of origin: OriginID) throws -> String {
        if let known = sites[origin] { return known }
        let named = try store.site(of: origin)?.text
        let site = named ?? (origin == life.origin ? life.site.text : origin.description)
        sites[origin] = site
        return site
    }

    /// Whether no other place has all that the state holds.
    func isOnlyHere(_ state: EntityState) -> Bool {
        !life.isHub && state.vector[life.origin] > life.acknowledged.number
    }
}
