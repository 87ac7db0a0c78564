import Replication

/// What is exported, how it is written, and of which tickets.
public struct ExportQuery: Sendable {
    /// Each is a table of its own.
    public enum Subject: String, Sendable, CaseIterable {
        /// One row a ticket, as it is now.
        case tickets
        /// One row a change of a ticket, with the ticket as it was after it.
        case timelines
        /// One row a conflict, settled ones included.
        case conflicts
        /// One row a request for something that may happen once, with its answer.
        case decisions
    }

    /// How rows are written.
    public enum Format: String, Sendable, CaseIterable {
        /// For spreadsheets and for ``ImportMap``: UTF-8 with a byte order mark, CR LF, quoted as RFC 4180 has it,
        /// cells that a spreadsheet would take for formulas made harmless.
        case csv
        /// For programs: one JSON object a line, every key in every line, texts byte for byte.
        case jsonl

        /// The media type of an answer.
        public var mediaType: String {
            switch self {
            case .csv: "text/csv; charset=utf-8; header=present"
            case .jsonl: "application/jsonl"
            }
        }
    }

    public let subject: Subject
    public let format: Format
    /// The conditions of a list of tickets; its page and its limit play no part. Of a timeline, a conflict and a
    /// decision they are conditions on its ticket as it is now.
    public var tickets = TicketQuery()
    /// Only tickets that have changed at or after this time, in milliseconds since 1970: no table holds it, so each
    /// ticket is read for it.
    public var updatedSince: Int64?
    /// Of conflicts: only those that nobody has settled.
    public var onlyOpen = false

    public init(_ subject: Subject, _ format: Format) {
        self.subject = subject
        self.format = format
    }
}
