import Hashing
import Replication
import ServiceDesk
import Standards

/// What callers have said of a ticket and no field of ours takes. It lies among the columns of the ticket's source, in
/// the shapes of v5, which can say all that v4 can; each edition is shown it in its own.
struct KeptAttributes: Equatable {
    /// The column.
    static let column = "tmf621"

    /// Columns that came from elsewhere.
    private var others: [String: JSONValue]
    private(set) var members: [String: JSONValue]

    init(_ state: EntityState) {
        let columns = state[TicketField.sourceColumns].textValue
            .flatMap { try? JSONValue(parsing: $0, sizeLimit: DeskLimits.sourceColumnsBytes) }?.objectValue
        others = columns ?? [:]
        let mine = others.removeValue(forKey: Self.column)?.stringValue
        members =
            mine.flatMap { try? JSONValue(parsing: $0, sizeLimit: DeskLimits.sourceColumnsBytes) }?.objectValue ?? [:]
    }

    init() { (others, members) = ([:], [:]) }

    subscript(name: String) -> JSONValue? {
        get { members[name] }
        set { members[name] = newValue }
    }

    mutating func remove(_ name: String) { members.removeValue(forKey: name) }

    /// As the desk keeps it; nil where nothing is kept.
    func columns() throws -> String? {
        var columns = others
        if !members.isEmpty { columns[Self.column] = .string(JSONValue.object(members).text()) }
        guard !columns.isEmpty else { return nil }
        let text = JSONValue.object(columns).text()
        guard text.utf8.count <= DeskLimits.sourceColumnsBytes else {
            throw NodeError(
                .badRequest,
                "What is kept beside the ticket's own fields has more than \(DeskLimits.sourceColumnsBytes) bytes.",
                remedy: "Say less, or attach a file.")
        }
        return text
    }

    // What came with a note's text or a file's content.

    func extras(of thing: KeptThing) -> [String: JSONValue] {
        members[thing.attribute]?[thing.name]?.objectValue ?? [:]
    }

    mutating func keep(extras: [String: JSONValue], of thing: KeptThing) {
        guard !extras.isEmpty else { return }
        var all = members[thing.attribute]?.objectValue ?? [:]
        all[thing.name] = .object(extras)
        members[thing.attribute] = .object(all)
    }
}

/// What extras are kept by: notes are told apart by a digest of the text, and those of one text by their order; files
/// by their hash.
enum KeptThing {
    case note(String, ordinal: Int)
    case file([UInt8])

    var attribute: String {
        switch self {
        case .note: "note"
        case .file: "attachment"
        }
    }

    var name: String {
        switch self {
        case .note(let text, let ordinal):
            "\(Secrets.hex(Array(SHA256.hash(Array(text.utf8)).prefix(8)))) \(ordinal)"
        case .file(let hash): Secrets.hex(hash)
        }
    }
}
