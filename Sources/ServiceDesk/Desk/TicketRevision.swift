import Replication

/// What another system wants of a ticket in one request, which is one change: a step, fields, notes, and what it says
/// beside that no field of ours takes.
public struct TicketRevision: Sendable {
    /// A step of the procedure.
    public var step: String?
    /// The form, by the words of the pack.
    public var fields: [String: Value]
    public var notes: [Note]
    /// Whose contents were put in before.
    public var files: [Attachment]
    /// The ticket's columns of its source as they are to be, a JSON object in canonical form; nil to leave them.
    public var sourceColumns: String?

    public init(
        step: String? = nil, fields: [String: Value] = [:], notes: [Note] = [], files: [Attachment] = [],
        sourceColumns: String? = nil
    ) {
        self.step = step
        self.fields = fields
        self.notes = notes
        self.files = files
        self.sourceColumns = sourceColumns
    }

    public var isEmpty: Bool {
        step == nil && fields.isEmpty && notes.isEmpty && files.isEmpty && sourceColumns == nil
    }
}
