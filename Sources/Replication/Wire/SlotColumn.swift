/// How the payloads of one slot are laid out: the values that one field of a batch's changes has.
enum SlotForm: UInt8 {
    /// Byte strings with a dictionary.
    case payloads = 0
    /// Integers, each for itself.
    case integers = 1
    /// Integers, each as the step from the one before.
    case steps = 2
    /// Texts, word by word.
    case words = 3
    /// Creations, whose label is spelled from the entity's identifier.
    case creations = 4
}

/// The first bytes of values, which the forms are told by.
enum ValueTag {
    static let integer: UInt8 = 3
    static let text: UInt8 = 4
}

/// The payloads of one slot while a batch is written, and the choice of the form that takes the fewest bytes.
struct SlotColumn {
    private var items: [Span] = []
    /// The entities that creations are of; none for other payloads.
    private var entities: [EntityID] = []
    private let isOfCreations: Bool

    /// - Parameter isOfCreations: whether the payloads are bodies of creations.
    init(isOfCreations: Bool) { self.isOfCreations = isOfCreations }

    mutating func append(_ payload: Span, of entity: EntityID) {
        items.append(payload)
        if isOfCreations { entities.append(entity) }
    }

    func write(to writer: inout ByteWriter, from bytes: UnsafeRawBufferPointer) {
        if isOfCreations, let creations = CreationColumn(items, of: entities, in: bytes) {
            writer.byte(SlotForm.creations.rawValue)
            creations.write(to: &writer)
            return
        }
        if let integers = integers(in: bytes) {
            let steps = Self.steps(integers)
            let plain = IntegerColumn(values: integers.map(IntegerColumn.zigzag))
            let isStepped = steps.size < plain.size
            writer.byte((isStepped ? SlotForm.steps : SlotForm.integers).rawValue)
            (isStepped ? steps : plain).write(to: &writer)
            return
        }
        let total = items.reduce(0) { $0 + Int($1.count) }
        // Long texts hardly ever come twice, and are looked into at once.
        if total > items.count * Self.longBytes, writeWords(to: &writer, from: bytes, below: total) { return }
        var payloads = PayloadColumn(expecting: items.count)
        for item in items { payloads.append(item, in: bytes) }
        // Where few values come again and again, nothing is gained by looking into them.
        if payloads.distinct * 4 > payloads.count,
            writeWords(to: &writer, from: bytes, below: payloads.literalBytes)
        {
            return
        }
        writer.byte(SlotForm.payloads.rawValue)
        payloads.write(to: &writer, from: bytes)
    }

    /// Payloads longer than this on the average are long.
    private static let longBytes = 24

    /// Writes the payloads word by word if they are texts and take fewer bytes than `limit` so.
    private func writeWords(
        to writer: inout ByteWriter, from bytes: UnsafeRawBufferPointer, below limit: Int
    ) -> Bool {
        guard let words = WordColumn(items, in: bytes) else { return false }
        var coded = ByteWriter(reserving: limit / 4)
        words.write(to: &coded, from: bytes)
        guard coded.count < limit else { return false }
        writer.byte(SlotForm.words.rawValue)
        writer.raw(coded.bytes)
        return true
    }

    /// Nil unless every payload is the one spelling of an integer.
    private func integers(in bytes: UnsafeRawBufferPointer) -> [Int64]? {
        var values: [Int64] = []
        for item in items {
            guard let value = Self.integer(item, in: bytes) else { return nil }
            values.append(value)
        }
        return values
    }

    private static func integer(_ payload: Span, in bytes: UnsafeRawBufferPointer) -> Int64? {
        let range = payload.range
        guard range.count > 1, bytes[range.lowerBound] == ValueTag.integer else { return nil }
        var value: UInt64 = 0
        var shift: UInt64 = 0
        for at in range.dropFirst() {
            let group = UInt64(bytes[at] & 0x7F)
            let isLast = at == range.upperBound - 1
            guard (bytes[at] < 0x80) == isLast, shift < 63 || (shift == 63 && group <= 1) else { return nil }
            // Padded: another spelling of a smaller number.
            guard !isLast || group > 0 || shift == 0 else { return nil }
            value |= group << shift
            shift += 7
        }
        return IntegerColumn.unzigzag(value)
    }

    private static func steps(_ values: [Int64]) -> IntegerColumn {
        var column = IntegerColumn()
        column.values.reserveCapacity(values.count)
        var last: Int64 = 0
        for value in values {
            column.values.append(IntegerColumn.zigzag(value &- last))
            last = value
        }
        return column
    }
}
