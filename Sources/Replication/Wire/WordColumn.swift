/// Texts cut at blanks: a dictionary of their words, and the numbers that words end in apart from it.
///
/// A service desk's texts are made of few words, and what sets its short texts apart are digits: telephone numbers,
/// customer and circuit numbers. A word is a stem and, where it ends in four to eighteen digits, their count and value.
struct WordColumn {
    static let blank = UInt8(ascii: " ")
    /// Digits at the end of a word that are taken from it: fewer are part of the stem, more would not fit 64 bits.
    static let digits = 4...18

    private var counts = IntegerColumn()
    /// Stems, each with the count of digits that follow it.
    private var stems: PayloadColumn
    private var numbers = IntegerColumn()

    /// Nil unless every payload is a text.
    init?(_ items: [Span], in bytes: UnsafeRawBufferPointer) {
        stems = PayloadColumn(expecting: items.count * 4, isTagged: true)
        guard items.allSatisfy({ !$0.isEmpty && bytes[Int($0.start)] == ValueTag.text }) else { return nil }
        counts.values.reserveCapacity(items.count)
        for item in items {
            var count: UInt64 = 1
            var start = item.range.lowerBound + 1
            let end = item.range.upperBound
            for at in start..<end where bytes[at] == Self.blank {
                append(bytes, start..<at)
                count += 1
                start = at + 1
            }
            append(bytes, start..<end)
            counts.values.append(count)
        }
    }

    /// Takes the digits from the end of a word.
    private mutating func append(_ bytes: UnsafeRawBufferPointer, _ word: Range<Int>) {
        var end = word.upperBound
        while end > word.lowerBound, word.upperBound - end <= Self.digits.upperBound, bytes[end - 1] &- 0x30 < 10 {
            end -= 1
        }
        let digits = word.upperBound - end
        guard Self.digits.contains(digits) else {
            stems.append(Span(word.lowerBound, word.count), in: bytes)
            return
        }
        var value: UInt64 = 0
        for at in end..<word.upperBound { value = value * 10 + UInt64(bytes[at] &- 0x30) }
        numbers.values.append(value)
        stems.append(Span(word.lowerBound, end - word.lowerBound), tag: UInt8(digits), in: bytes)
    }

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
    private var counts: IndexingIterator<[UInt64]>
    private var stems: IndexingIterator<[Span]>
    private var numbers: IndexingIterator<[UInt64]>

    /// - Parameters:
    ///   - count: of texts.
    ///   - room: words that the batch may still have: a few bytes can claim many.
    init(_ count: Int, room: inout Int, from reader: inout ByteReader) throws {
        let counts = try IntegerColumn.read(count, from: &reader)
        let words = try reader.count(atMost: room)
        room -= words
        let stems = try PayloadColumn.read(words, from: &reader)
        let numbers = try IntegerColumn.read(try reader.count(atMost: words), from: &reader)
        self.counts = counts.makeIterator()
        self.stems = stems.makeIterator()
        self.numbers = numbers.makeIterator()
    }

    /// Appends the next text.
    mutating func next(to body: inout BatchBody) throws {
        guard let count = counts.next(), count > 0 else { throw ReplicationError.malformed("A text has no words.") }
        try body.byte(ValueTag.text)
        for index in 0..<count {
            guard let stem = stems.next(), !stem.isEmpty else {
                throw ReplicationError.malformed("A text has more words than its batch.")
            }
            if index > 0 { try body.byte(WordColumn.blank) }
            try body.append(Span(Int(stem.start) + 1, Int(stem.count) - 1))
            let digits = Int(body.source[Int(stem.start)])
            guard digits > 0 else { continue }
            guard WordColumn.digits.contains(digits), let number = numbers.next() else {
                throw ReplicationError.malformed("A word's number is not there.")
            }
            try body.append(decimal: number, digits: digits)
        }
    }

    mutating func expectEnd() throws {
        guard counts.next() == nil, stems.next() == nil, numbers.next() == nil else {
            throw ReplicationError.malformed("A column has words to spare.")
        }
    }
}
