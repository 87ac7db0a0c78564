/// The body of one change while it is put together from the columns of a batch.
///
/// A small dictionary can be named many times: what it unfolds to is bounded for the whole batch, and before it is
/// unfolded.
struct BatchBody {
    /// What the spans of the columns lie in: the frame.
    let source: [UInt8]
    private(set) var writer = ByteWriter(reserving: 512)
    /// Bytes that the batch may still unfold to.
    private var room = ReplicationLimits.bytesUnfolded

    init(source: [UInt8]) { self.source = source }

    /// Gives out what was put together, and begins the next.
    mutating func take() -> [UInt8] {
        let bytes = writer.bytes
        writer = ByteWriter(reserving: 512)
        return bytes
    }

    private mutating func use(_ count: Int) throws {
        room -= count
        guard room >= 0 else {
            throw ReplicationError(
                .oversized, "A batch unfolds to more than 32 MiB.", remedy: "Send smaller batches.")
        }
    }

    mutating func byte(_ value: UInt8) throws {
        try use(1)
        writer.byte(value)
    }

    mutating func varint(_ value: UInt64) throws {
        try use(10)
        writer.varint(value)
    }

    mutating func fixed64(_ value: UInt64) throws {
        try use(8)
        writer.fixed64(value)
    }

    mutating func append(_ span: Span) throws {
        try use(span.count)
        source.withUnsafeBytes { writer.raw($0, span.range) }
    }

    /// So many bytes, which `fill` makes from the frame.
    mutating func append(
        _ count: Int, _ fill: (_ frame: UnsafeRawBufferPointer, _ output: inout OutputSpan<UInt8>) throws -> Void
    ) throws {
        try use(count)
        try source.withUnsafeBytes { frame in try writer.append(atMost: count) { try fill(frame, &$0) } }
    }

    /// A length, then bytes of the frame.
    mutating func block(_ span: Span) throws {
        try varint(UInt64(span.count))
        try append(span)
    }

    /// The same and then the first characters that an entity is spelled in.
    mutating func block(_ span: Span, spelling count: Int, of entity: EntityID) throws {
        try varint(UInt64(span.count + count))
        try append(span)
        try use(count)
        entity.appendSpelling(count, to: &writer)
    }

    /// Leaves room for a length.
    mutating func beginBlock() throws -> Int {
        try use(1)
        return writer.beginBlock()
    }

    /// Fills in the length of what has been appended since.
    mutating func endBlock(from start: Int) { writer.endBlock(from: start) }
}
