/// The payloads of one slot while a batch is read, given out in the order of its changes.
enum SlotReader {
    case payloads(IndexingIterator<[Span]>)
    case integers(IndexingIterator<[UInt64]>, isStepped: Bool, last: Int64)
    case words(WordColumnReader)
    case creations(CreationColumnReader)

    /// - Parameters:
    ///   - count: of payloads; known from the shapes, so a column cannot claim more.
    ///   - words: that the batch may still have.
    init(_ count: Int, words: inout Int, from reader: inout ByteReader) throws {
        switch SlotForm(rawValue: try reader.byte()) {
        case .payloads: self = .payloads(try PayloadColumn.read(count, from: &reader).makeIterator())
        case .integers:
            self = .integers(try IntegerColumn.read(count, from: &reader).makeIterator(), isStepped: false, last: 0)
        case .steps:
            self = .integers(try IntegerColumn.read(count, from: &reader).makeIterator(), isStepped: true, last: 0)
        case .words: self = .words(try WordColumnReader(count, room: &words, from: &reader))
        case .creations: self = .creations(try CreationColumnReader(count, from: &reader))
        case nil: throw ReplicationError.malformed("A column has a form that this version does not know.")
        }
    }

    /// Appends the next payload to a change of this entity.
    mutating func next(of entity: EntityID, to body: inout BatchBody) throws {
        switch self {
        case .payloads(var spans):
            guard let span = spans.next() else { throw Self.tooShort }
            self = .payloads(spans)
            try body.append(span)
        case .integers(var values, let isStepped, let last):
            guard let value = values.next() else { throw Self.tooShort }
            let integer = IntegerColumn.unzigzag(value) &+ (isStepped ? last : 0)
            self = .integers(values, isStepped: isStepped, last: integer)
            try body.byte(ValueTag.integer)
            try body.varint(IntegerColumn.zigzag(integer))
        case .words(var words):
            try words.next(to: &body)
            self = .words(words)
        case .creations(var creations):
            try creations.next(of: entity, to: &body)
            self = .creations(creations)
        }
    }

    /// Words are counted apart from the payloads; every other form has as many as it was asked for.
    mutating func expectEnd() throws {
        if case .words(var words) = self { try words.expectEnd() }
    }

    private static let tooShort = ReplicationError.malformed("A column has fewer payloads than its batch has edits.")
}
