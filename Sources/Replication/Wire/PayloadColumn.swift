/// A column of byte strings with a dictionary of those that occur again in the same batch.
///
/// Each payload has a code: 0 is a literal that occurs once, 1 a literal that enters the dictionary, n+2 the n-th of
/// the dictionary. So a repeated value costs its bytes once, and nobody ships a dictionary entry that is not used.
struct PayloadColumn {
    private var dictionary: SpanDictionary
    private var numbers: [Int32] = []
    /// Whether each payload has a byte before its bytes that the spans do not hold.
    private let isTagged: Bool

    /// - Parameter expected: about how many payloads will come.
    init(expecting expected: Int, isTagged: Bool = false) {
        self.isTagged = isTagged
        dictionary = SpanDictionary(expecting: min(expected, 65_536))
        numbers.reserveCapacity(expected)
    }

    var count: Int { numbers.count }
    /// How many different payloads there are.
    var distinct: Int { dictionary.spans.count }
    /// Bytes of the different payloads: what the column takes at least.
    var literalBytes: Int { dictionary.spans.reduce(0) { $0 + Int($1.count) } }

    /// - Parameter bytes: the buffer that all payloads lie in.
    mutating func append(_ payload: Span, tag: UInt8 = 0, in bytes: UnsafeRawBufferPointer) {
        numbers.append(dictionary.number(payload, tag: tag, in: bytes))
    }

    func write(to writer: inout ByteWriter, from bytes: UnsafeRawBufferPointer) {
        var codes = IntegerColumn()
        var lengths = IntegerColumn()
        codes.values.reserveCapacity(numbers.count)
        // The code of a string that has come before, plus nothing; 0 for one that has not.
        var known = [UInt64](repeating: 0, count: dictionary.spans.count)
        var next: UInt64 = 2
        var literals = 0
        for number in numbers {
            let number = Int(number)
            if known[number] > 0 {
                codes.values.append(known[number])
                continue
            }
            if dictionary.counts[number] > 1 {
                codes.values.append(1)
                known[number] = next
                next += 1
            } else {
                codes.values.append(0)
            }
            let length = Int(dictionary.spans[number].count) + (isTagged ? 1 : 0)
            lengths.values.append(UInt64(length))
            literals += length
        }
        codes.write(to: &writer)
        writer.varint(lengths.values.count)
        lengths.write(to: &writer)
        writer.varint(literals)
        // Strings are numbered in the order in which they first come, which is the order of the literals.
        for (span, tag) in zip(dictionary.spans, dictionary.tags) {
            if isTagged { writer.byte(tag) }
            writer.raw(bytes, span.range)
        }
    }

    /// - Returns: where each payload lies in the bytes that are read from: nothing is copied, however often a
    ///   dictionary entry is named.
    static func read(_ count: Int, from reader: inout ByteReader) throws -> [Span] {
        let codes = try IntegerColumn.read(count, from: &reader)
        let literalCount = try reader.count(atMost: count)
        let lengths = try IntegerColumn.read(literalCount, from: &reader)
        var literals = try reader.blockReader()
        var next = lengths.makeIterator()
        var dictionary: [Span] = []
        var payloads: [Span] = []
        payloads.reserveCapacity(min(count, 65_536))
        for code in codes {
            if code >= 2 {
                guard code - 2 < UInt64(dictionary.count) else {
                    throw ReplicationError.malformed("A payload names a dictionary entry that is not there.")
                }
                payloads.append(dictionary[Int(code - 2)])
                continue
            }
            guard let length = next.next(), length <= UInt64(literals.remaining) else {
                throw ReplicationError.malformed("A payload is longer than its column.")
            }
            let payload = Span(literals.position, Int(length))
            try literals.skip(Int(length))
            if code == 1 { dictionary.append(payload) }
            payloads.append(payload)
        }
        guard next.next() == nil else { throw ReplicationError.malformed("A column has payloads to spare.") }
        try literals.expectEnd()
        return payloads
    }
}
