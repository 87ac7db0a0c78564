/// The payloads of one slot while a batch is read, given out in the order of its changes.
///
/// It has the columns of one form, and all others are empty: so it moves on in place, where the cases of an enumeration
/// would be copied for each payload.
struct SlotReader {
    private let form: SlotForm
    private var payloads = ColumnReader<Span>()
    private var integers = ColumnReader<UInt64>()
    /// Of integers that are steps.
    private var last: Int64 = 0
    private var words = WordColumnReader()
    private var creations = CreationColumnReader()

    /// - Parameters:
    ///   - count: of payloads; known from the shapes, so a column cannot claim more.
    ///   - room: words that the batch may still have.
    init(_ count: Int, words room: inout Int, from reader: inout ByteReader) throws {
        guard let form = SlotForm(rawValue: try reader.byte()) else {
            throw ReplicationError.malformed("A column has a form that this version does not know.")
        }
        self.form = form
        switch form {
        case .payloads: payloads = ColumnReader(try PayloadColumn.read(count, from: &reader))
        case .integers, .steps: integers = ColumnReader(try IntegerColumn.read(count, from: &reader))
        case .words: words = try WordColumnReader(count, room: &room, from: &reader)
        case .creations: creations = try CreationColumnReader(count, from: &reader)
        }
    }

    /// Appends the next payload to a change of this entity.
    mutating func next(of entity: EntityID, to body: inout BatchBody) throws {
        switch form {
        case .payloads:
            guard let payload = payloads.next() else { throw Self.tooShort }
            try body.append(payload)
        case .integers, .steps:
            guard let value = integers.next() else { throw Self.tooShort }
            let integer = IntegerColumn.unzigzag(value) &+ (form == .steps ? last : 0)
            last = integer
            try body.byte(ValueTag.integer)
            try body.varint(IntegerColumn.zigzag(integer))
        case .words: try words.next(to: &body)
        case .creations: try creations.next(of: entity, to: &body)
        }
    }

    /// Words are counted apart from the payloads; every other form has as many as it was asked for.
    func expectEnd() throws { if form == .words { try words.expectEnd() } }

    private static let tooShort = ReplicationError.malformed("A column has fewer payloads than its batch has edits.")
}
