/// Creations: what comes before the label, which is the same for most, and the label, which is spelled from the
/// entity's identifier and then costs nothing.
struct CreationColumn {
    /// A label that stands as it is; any other number is that of the characters that are spelled.
    static let literal: UInt8 = 0

    private var heads: PayloadColumn
    private var labels: PayloadColumn
    private var headBytes: [UInt8] = []
    private var labelBytes: [UInt8] = []

    /// Nil unless every payload is the body of a creation.
    init?(_ items: [Span], of entities: [EntityID], in bytes: UnsafeRawBufferPointer) {
        heads = PayloadColumn(expecting: items.count)
        labels = PayloadColumn(expecting: items.count)
        var spans: [(head: Span, label: Span)] = []
        for (item, entity) in zip(items, entities) {
            var reader = ByteReader(Array(bytes[item.range]))
            guard (try? reader.byte()) != nil, let state = try? reader.block(), let label = try? reader.block(),
                reader.isAtEnd
            else { return nil }
            let (head, tail) = (headBytes.count, labelBytes.count)
            headBytes.append(bytes[Int(item.start)])
            headBytes += state
            let spelled = entity.spelledCount(atEndOf: label)
            labelBytes.append(UInt8(spelled))
            labelBytes += label.dropLast(spelled)
            spans.append((Span(head, headBytes.count - head), Span(tail, labelBytes.count - tail)))
        }
        headBytes.withUnsafeBytes { stored in for span in spans { heads.append(span.head, in: stored) } }
        labelBytes.withUnsafeBytes { stored in for span in spans { labels.append(span.label, in: stored) } }
    }

    func write(to writer: inout ByteWriter) {
        headBytes.withUnsafeBytes { heads.write(to: &writer, from: $0) }
        labelBytes.withUnsafeBytes { labels.write(to: &writer, from: $0) }
    }
}

/// The same while it is read.
struct CreationColumnReader {
    private var heads: IndexingIterator<[Span]>
    private var labels: IndexingIterator<[Span]>

    init(_ count: Int, from reader: inout ByteReader) throws {
        heads = try PayloadColumn.read(count, from: &reader).makeIterator()
        labels = try PayloadColumn.read(count, from: &reader).makeIterator()
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
        try body.block(Span(Int(head.start) + 1, Int(head.count) - 1))
        try body.block(
            Span(Int(label.start) + 1, Int(label.count) - 1), and: Array(entity.spelling(spelled).utf8))
    }
}
