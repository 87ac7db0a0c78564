/// Texts cut at blanks: a dictionary of their words, and the numbers that words end in apart from it.
///
/// A service desk's texts are made of few words, and what sets its short texts apart are digits: telephone numbers,
/// customer and circuit numbers. A word is a stem and, where it ends in four to eighteen digits, their count and value.
struct WordColumn {
    static let blank = UInt8(ascii: " ")
    /// Digits at the end of a word that are taken from it: fewer are part of the stem, more would not fit 64 bits.
    static let digits = 4...18

    /// The words of each text.
    private let counts: IntegerColumn
    /// Stems, each with the count of digits that follow it.
    private let stems: PayloadColumn
    private let numbers: IntegerColumn

    /// Nil unless every payload is a text.
    init?(_ items: ArraySlice<Span>, in bytes: UnsafeRawBufferPointer) {
        guard items.allSatisfy({ !$0.isEmpty && bytes[Int($0.start)] == ValueTag.text }) else { return nil }
        var dictionary = SpanDictionary(expecting: items.count)
        var stems: [Int32] = []
        var numbers: [UInt64] = []
        counts = IntegerColumn(
            values: items.map { item in
                let before = stems.count
                // A text with its tag has no more words than bytes.
                stems.append(addingCapacity: item.count) { stems in
                    Self.forEachWord(of: item.range.dropFirst(), in: bytes) { word in
                        stems.append(dictionary.number(Self.stem(of: word, &numbers, in: bytes), in: bytes))
                    }
                }
                return UInt64(stems.count - before)
            })
        self.numbers = IntegerColumn(values: numbers)
        self.stems = PayloadColumn(stems, of: dictionary, isTagged: true)
    }

    /// Cuts a text at its blanks; looks at eight bytes in one step.
    @inline(__always)
    private static func forEachWord(
        of text: Range<Int>, in bytes: UnsafeRawBufferPointer, _ body: (Range<Int>) -> Void
    ) {
        var start = text.lowerBound
        var at = start
        while at < text.upperBound {
            var blanks = blanks(in: bytes.word(at: at, text.upperBound - at))
            while blanks != 0 {
                let end = at + blanks.trailingZeroBitCount / 8
                body(start..<end)
                start = end + 1
                blanks &= blanks - 1
            }
            at += 8
        }
        body(start..<text.upperBound)
    }

    /// Has the highest bit of each byte set where that byte is a blank: adding carries into the highest bit of a byte
    /// that differs from a blank, and into no other byte.
    @inline(__always)
    private static func blanks(in word: UInt64) -> UInt64 {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        let difference = word ^ (UInt64(blank) &* 0x0101_0101_0101_0101)
        return ~((difference & low) &+ low | difference | low)
    }

    /// A word without the digits that it ends in, if there are enough; these go to `numbers`.
    @inline(__always)
    private static func stem(
        of word: Range<Int>, _ numbers: inout [UInt64], in bytes: UnsafeRawBufferPointer
    ) -> Span {
        guard let last = word.last, isDigit(bytes[last]) else { return Span(word.lowerBound, word.count) }
        return stem(ofNumbered: word, &numbers, in: bytes)
    }

    private static func stem(
        ofNumbered word: Range<Int>, _ numbers: inout [UInt64], in bytes: UnsafeRawBufferPointer
    ) -> Span {
        let digits = word.reversed().prefix(Self.digits.upperBound + 1).prefix { isDigit(bytes[$0]) }.count
        guard Self.digits.contains(digits) else { return Span(word.lowerBound, word.count) }
        numbers.append(word.suffix(digits).reduce(0) { $0 * 10 + UInt64(bytes[$1] &- 0x30) })
        return Span(word.lowerBound, word.count - digits, tag: UInt8(digits))
    }

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    func write(to writer: inout ByteWriter, from bytes: UnsafeRawBufferPointer) {
        counts.write(to: &writer)
        writer.varint(stems.count)
        stems.write(to: &writer, from: bytes)
        writer.varint(numbers.values.count)
        numbers.write(to: &writer)
    }
}

/// The same while it is read.
struct WordColumnReader {
    private var counts = ColumnReader<UInt64>()
    private var stems = ColumnReader<Span>()
    private var numbers = ColumnReader<UInt64>()

    init() {}

    /// - Parameters:
    ///   - count: of texts.
    ///   - room: words that the batch may still have: a few bytes can claim many.
    init(_ count: Int, room: inout Int, from reader: inout ByteReader) throws {
        counts = ColumnReader(try IntegerColumn.read(count, from: &reader))
        let words = try reader.count(atMost: room)
        room -= words
        stems = ColumnReader(try PayloadColumn.read(words, from: &reader))
        numbers = ColumnReader(try IntegerColumn.read(try reader.count(atMost: words), from: &reader))
    }

    /// Appends the next text.
    mutating func next(to body: inout BatchBody) throws {
        guard let count = counts.next(), count > 0 else { throw ReplicationError.malformed("A text has no words.") }
        guard let words = stems.peek(count) else {
            throw ReplicationError.malformed("A text has more words than its batch.")
        }
        // The tag of a text, and a blank between two words.
        let size = try words.reduce(words.count) { try $0 + Self.size(of: $1, in: body.source) }
        try body.append(size) { frame, text in
            text.append(ValueTag.text)
            var isFirst = true
            for stem in words {
                if !isFirst { text.append(WordColumn.blank) }
                isFirst = false
                for at in stem.range.dropFirst() { text.append(frame[at]) }
                let digits = Int(frame[Int(stem.start)])
                if digits > 0 { try Self.append(numbers.next(), digits, to: &text) }
            }
        }
        stems.skip(words.count)
    }

    /// The bytes of a word, whose stem has the count of its digits before it.
    private static func size(of stem: Span, in frame: [UInt8]) throws -> Int {
        guard !stem.isEmpty else { throw ReplicationError.malformed("A word has no stem.") }
        let digits = Int(frame[Int(stem.start)])
        guard digits == 0 || WordColumn.digits.contains(digits) else {
            throw ReplicationError.malformed("A word has more digits than its number, or fewer than one has.")
        }
        return stem.count - 1 + digits
    }

    /// Appends a number in so many digits.
    private static func append(_ number: UInt64?, _ digits: Int, to text: inout OutputSpan<UInt8>) throws {
        guard var rest = number else { throw ReplicationError.malformed("A word's number is not there.") }
        let start = text.count
        for _ in 0..<digits { text.append(UInt8(ascii: "0")) }
        for place in stride(from: start + digits - 1, through: start, by: -1) {
            text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        guard rest == 0 else { throw ReplicationError.malformed("A word's number has more digits than the word.") }
    }

    func expectEnd() throws {
        guard counts.isAtEnd, stems.isAtEnd, numbers.isAtEnd else {
            throw ReplicationError.malformed("A column has words to spare.")
        }
    }
}
