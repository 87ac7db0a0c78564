/// A column of byte strings with a dictionary of those that occur again in the same batch.
///
/// Each payload has a code: 0 is a literal that occurs once, 1 a literal that enters the dictionary, n+2 the n-th of
/// the dictionary. So a repeated value costs its bytes once, and nobody ships a dictionary entry that is not used.
struct PayloadColumn {
    /// The number of each payload among the different ones, which are numbered as they first come.
    private let numbers: [Int32]
    private let literals: [Span]
    /// Whether the tag of each payload stands before its bytes.
    private let isTagged: Bool

    /// - Parameter bytes: the buffer that all payloads lie in.
    init(_ payloads: ArraySlice<Span>, isTagged: Bool = false, in bytes: UnsafeRawBufferPointer) {
        var dictionary = SpanDictionary(expecting: payloads.count)
        let numbers = [Int32](capacity: payloads.count) { numbers in
            for payload in payloads {
                // Many a column is one value over and over: who acted, or no key.
                let last = numbers.isEmpty ? nil : numbers[numbers.count - 1]
                if let last, dictionary.isString(last, payload, in: bytes) {
                    numbers.append(last)
                } else {
                    numbers.append(dictionary.number(payload, in: bytes))
                }
            }
        }
        self.init(numbers, of: dictionary, isTagged: isTagged)
    }

    /// - Parameter numbers: of payloads in a dictionary that has no others.
    init(_ numbers: [Int32], of dictionary: SpanDictionary, isTagged: Bool) {
        self.numbers = numbers
        self.isTagged = isTagged
        literals = dictionary.strings
    }

    var count: Int { numbers.count }
    /// How many different payloads there are.
    var distinct: Int { literals.count }
    /// Bytes of the different payloads: what the column takes at least.
    var literalBytes: Int { literals.reduce(0) { $0 + $1.count } }

    func write(to writer: inout ByteWriter, from bytes: UnsafeRawBufferPointer) {
        IntegerColumn(values: codes).write(to: &writer)
        let tagBytes = isTagged ? 1 : 0
        writer.varint(distinct)
        IntegerColumn(values: literals.map { UInt64($0.count + tagBytes) }).write(to: &writer)
        writer.varint(literalBytes + distinct * tagBytes)
        for payload in literals {
            if isTagged { writer.byte(payload.tag) }
            writer.raw(bytes, payload.range)
        }
    }

    private var codes: [UInt64] {
        let again = codesOfRepeated
        return Array(capacity: count) { codes in
            // A payload comes for the first time where its number has not been reached yet.
            var fresh = 0
            for number in numbers {
                let code = again[Int(number)]
                let isFirst = Int(number) == fresh
                if isFirst { fresh += 1 }
                codes.append(isFirst ? min(code, 1) : code)
            }
        }
    }

    /// The code of each different payload where it comes again; 0 for one that does not.
    private var codesOfRepeated: [UInt64] {
        var uses = [Int32](repeating: 0, count: distinct)
        var counting = uses.mutableSpan
        for number in numbers { counting[Int(number)] += 1 }
        var last: UInt64 = 1
        return uses.map { uses in
            guard uses > 1 else { return 0 }
            last += 1
            return last
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
