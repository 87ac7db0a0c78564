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
    private let items: ArraySlice<Span>
    /// The entities that creations are of; nil for other payloads.
    private let entities: [EntityID]?

    /// - Parameter entities: those that the payloads bring into being, if they are bodies of creations.
    init(_ items: ArraySlice<Span>, ofCreationsOf entities: [EntityID]?) {
        self.items = items
        self.entities = entities
    }

    func write(to writer: inout ByteWriter, from bytes: UnsafeRawBufferPointer) {
        if let entities, let creations = CreationColumn(items, of: entities, in: bytes) {
            writer.byte(SlotForm.creations.rawValue)
            creations.write(to: &writer, from: bytes)
            return
        }
        if let integers = integers(in: bytes) { return Self.write(integers, to: &writer) }
        let total = items.reduce(0) { $0 + $1.count }
        let isForWords = total > items.count * Self.longBytes || hardlyRepeats(in: bytes)
        if isForWords, writeWords(to: &writer, from: bytes, below: total) { return }
        let payloads = PayloadColumn(items, in: bytes)
        // Where few values come again and again, nothing is gained by looking into them.
        if !isForWords, payloads.distinct * 4 > payloads.count,
            writeWords(to: &writer, from: bytes, below: payloads.literalBytes)
        {
            return
        }
        writer.byte(SlotForm.payloads.rawValue)
        payloads.write(to: &writer, from: bytes)
    }

    /// Payloads longer than this on the average are long, and hardly ever come twice.
    private static let longBytes = 24
    private static let sample = 64

    /// Whether the first payloads say that few of them come twice, so that it is not worth while to look at them whole.
    private func hardlyRepeats(in bytes: UnsafeRawBufferPointer) -> Bool {
        guard items.count > Self.sample * 2 else { return false }
        return PayloadColumn(items.prefix(Self.sample), in: bytes).distinct * 4 > Self.sample * 3
    }

    /// Writes the payloads word by word if they are texts and take fewer bytes than `limit` so.
    private func writeWords(
        to writer: inout ByteWriter, from bytes: UnsafeRawBufferPointer, below limit: Int
    ) -> Bool {
        guard let words = WordColumn(items, in: bytes) else { return false }
        let start = writer.count
        writer.byte(SlotForm.words.rawValue)
        words.write(to: &writer, from: bytes)
        // The form stands in any case, and is not counted.
        guard writer.count - start - 1 < limit else {
            writer.truncate(to: start)
            return false
        }
        return true
    }

    /// Nil unless every payload is the one spelling of an integer.
    private func integers(in bytes: UnsafeRawBufferPointer) -> [Int64]? {
        guard let first = items.first, Self.integer(first, in: bytes) != nil else { return nil }
        var values: [Int64] = []
        values.reserveCapacity(items.count)
        for item in items {
            guard let value = Self.integer(item, in: bytes) else { return nil }
            values.append(value)
        }
        return values
    }

    private static func integer(_ payload: Span, in bytes: UnsafeRawBufferPointer) -> Int64? {
        var cursor = ByteCursor(bytes, payload.range)
        guard cursor.byte() == ValueTag.integer, let value = cursor.varint(), cursor.isAtEnd else { return nil }
        return IntegerColumn.unzigzag(value)
    }

    /// Writes integers each for itself, or as steps where these take fewer bytes.
    private static func write(_ integers: [Int64], to writer: inout ByteWriter) {
        var last: Int64 = 0
        let steps = IntegerColumn(
            values: integers.map { value in
                defer { last = value }
                return IntegerColumn.zigzag(value &- last)
            })
        let plain = IntegerColumn(values: integers.map(IntegerColumn.zigzag))
        let (stepSizes, plainSizes) = (steps.sizes, plain.sizes)
        if stepSizes.shorter < plainSizes.shorter {
            writer.byte(SlotForm.steps.rawValue)
            steps.write(stepSizes, to: &writer)
        } else {
            writer.byte(SlotForm.integers.rawValue)
            plain.write(plainSizes, to: &writer)
        }
    }
}
