/// Creations: what comes before the label, which is the same for most, and the label, which is spelled from the
/// entity's identifier and then costs nothing.
struct CreationColumn {
    /// A label that stands as it is; any other number is that of the characters that are spelled.
    static let literal: UInt8 = 0

    private let heads: PayloadColumn
    private let labels: PayloadColumn

    /// Nil unless every payload is the body of a creation.
    init?(_ items: ArraySlice<Span>, of entities: [EntityID], in bytes: UnsafeRawBufferPointer) {
        var heads: [Span] = []
        var labels: [Span] = []
        heads.reserveCapacity(items.count)
        labels.reserveCapacity(items.count)
        for (item, entity) in zip(items, entities) {
            var cursor = ByteCursor(bytes, item.range)
            guard let rules = cursor.byte(), let state = cursor.block(), let label = cursor.block(), cursor.isAtEnd
            else { return nil }
            heads.append(Span(state.position, state.remaining, tag: rules))
            let spelled = entity.spelledCount(atEndOf: UnsafeRawBufferPointer(rebasing: bytes[label.range]))
            labels.append(Span(label.position, label.remaining - spelled, tag: UInt8(spelled)))
        }
        self.heads = PayloadColumn(heads[...], isTagged: true, in: bytes)
        self.labels = PayloadColumn(labels[...], isTagged: true, in: bytes)
    }

    func write(to writer: inout ByteWriter, from bytes: UnsafeRawBufferPointer) {
        heads.write(to: &writer, from: bytes)
        labels.write(to: &writer, from: bytes)
    }
}

/// The same while it is read.
struct CreationColumnReader {
    private var heads = ColumnReader<Span>()
    private var labels = ColumnReader<Span>()

    init() {}

    init(_ count: Int, from reader: inout ByteReader) throws {
        heads = ColumnReader(try PayloadColumn.read(count, from: &reader))
        labels = ColumnReader(try PayloadColumn.read(count, from: &reader))
    }

    /// Appends the next creation, of this entity.
    mutating func next(of entity: EntityID, to body: inout BatchBody) throws {
        guard let head = heads.next(), let label = labels.next(), !head.isEmpty, !label.isEmpty else {
            throw ReplicationError.malformed("A creation is not whole.")
        }
        let spelled = Int(body.source[Int(label.start)])
        guard spelled <= EntityID.spellingMax else {
            throw ReplicationError.malformed("A label is spelled longer than an identifier.")
        }
        try body.append(Span(Int(head.start), 1))
        try body.block(Span(Int(head.start) + 1, head.count - 1))
        try body.block(Span(Int(label.start) + 1, label.count - 1), spelling: spelled, of: entity)
    }
}
