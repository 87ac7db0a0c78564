import Replication

/// All that can be found of a ticket, piece by piece, each with where it stands.
struct SearchText: Equatable {
    /// Characters of one ticket that are indexed; what is beyond is not found.
    static let lengthMax = 20_000

    struct Piece: Equatable {
        /// A field's number, or one of ``Place``.
        let place: String
        let text: String
    }

    enum Place {
        static let number = "number"
        static let note = "note"
        static let file = "file"
        static let customer = "customer"
        static let phone = "phone"
    }

    private(set) var pieces: [Piece] = []
    private var length = 0

    private static let unsearched: Set<Field> = [
        TicketField.type, TicketField.home, TicketField.transferTo, TicketField.category, TicketField.department,
        TicketField.handOverTo, TicketField.heldBy, TicketField.sourceColumns,
    ]

    init(_ row: EntityRow, _ changes: [Change], customer: EntityRow?) {
        add(Place.number, row.state.creation?.label)
        for (field, assigned) in row.state.fields.entries where !Self.unsearched.contains(field) {
            add(String(field.rawValue), assigned.value.textValue)
        }
        add(Place.customer, customer?.state[CustomerField.name].textValue)
        add(Place.phone, customer?.state[CustomerField.phone].textValue)
        for edit in changes.flatMap(\.edits) {
            switch edit {
            case .note(let note): add(Place.note, note.text)
            case .attach(let file): add(Place.file, file.name)
            default: continue
            }
        }
    }

    /// As it is kept: a line for each piece.
    var stored: String {
        pieces.map { piece in
            let line = piece.text.unicodeScalars.map { $0 == "\n" || $0 == "\r" ? " " : $0 }
            return "\(piece.place)\t\(String(String.UnicodeScalarView(line)))"
        }.joined(separator: "\n")
    }

    static func pieces(of stored: String) -> [Piece] {
        stored.split(separator: "\n").compactMap { line in
            guard let tab = line.firstIndex(of: "\t") else { return nil }
            return Piece(place: String(line[..<tab]), text: String(line[tab...].dropFirst()))
        }
    }

    /// What the index is given of a kept text.
    static func grams(of stored: String) -> String {
        Bigrams.text(pieces(of: stored).map(\.text).joined(separator: "\n"))
    }

    private mutating func add(_ place: String, _ text: String?) {
        guard let text, !text.isEmpty, length < Self.lengthMax else { return }
        let part = String(text.prefix(Self.lengthMax - length))
        length += part.count
        pieces.append(Piece(place: place, text: part))
    }
}
