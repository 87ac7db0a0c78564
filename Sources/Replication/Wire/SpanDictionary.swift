/// Numbers equal byte strings alike, in the order in which they first come.
///
/// The work for a string is bounded whatever the strings are: after a few places that others have taken it counts as
/// one of its own, which costs bytes on the line and nothing else. So no seed is needed against strings that were made
/// to collide.
struct SpanDictionary {
    /// Places that are looked at for one string.
    private static let probes = 12
    /// At first; there are always four to a string or more.
    private static let mostPlaces = 4_096

    private struct Entry {
        /// The string's first eight bytes: all of most words.
        let head: UInt64
        let string: Span
    }

    private var entries: [Entry] = []
    /// Number of the string plus one; 0 for a free place. Its length is a power of two.
    private var places: [Int32]

    /// - Parameter expected: about how many strings will come.
    init(expecting expected: Int) {
        var room = 64
        while room < expected * 4, room < Self.mostPlaces { room *= 2 }
        places = Array(repeating: 0, count: room)
    }

    /// The distinct strings, by number.
    var strings: [Span] { entries.map(\.string) }

    /// - Parameter bytes: the buffer that all strings lie in. Equal bytes with different tags are different strings.
    @inline(__always)
    mutating func number(_ string: Span, in bytes: UnsafeRawBufferPointer) -> Int32 {
        // Most words are short, known, and where they are looked for first.
        if string.count <= 8 {
            let head = bytes.word(at: Int(string.start), string.count)
            let found = places[Self.hash(string, head, in: bytes) & (places.count - 1)]
            if found > 0 {
                let entry = entries[Int(found) - 1]
                if entry.head == head, entry.string.isAlike(string) { return found - 1 }
            }
        }
        return numberInSteps(string, in: bytes)
    }

    @inline(never)
    private mutating func numberInSteps(_ string: Span, in bytes: UnsafeRawBufferPointer) -> Int32 {
        let head = bytes.word(at: Int(string.start), string.count)
        let mask = places.count - 1
        var place = Self.hash(string, head, in: bytes) & mask
        for _ in 0..<Self.probes {
            let found = places[place]
            guard found > 0 else {
                places[place] = Int32(entries.count + 1)
                break
            }
            let entry = entries[Int(found) - 1]
            if entry.head == head, entry.string.isAlike(string),
                Self.tailsAreEqual(entry.string, string, in: bytes)
            {
                return found - 1
            }
            place = (place + 1) & mask
        }
        return add(Entry(head: head, string: string), in: bytes)
    }

    /// Whether a string has this number.
    @inline(__always)
    func isString(_ number: Int32, _ string: Span, in bytes: UnsafeRawBufferPointer) -> Bool {
        let entry = entries[Int(number)]
        return entry.string.isAlike(string) && entry.head == bytes.word(at: Int(string.start), string.count)
            && Self.tailsAreEqual(entry.string, string, in: bytes)
    }

    private mutating func add(_ entry: Entry, in bytes: UnsafeRawBufferPointer) -> Int32 {
        entries.append(entry)
        if entries.count * 4 > places.count { growPlaces(in: bytes) }
        return Int32(entries.count - 1)
    }

    /// A string that finds no place any more counts as one of its own when it comes again.
    private mutating func growPlaces(in bytes: UnsafeRawBufferPointer) {
        let mask = places.count * 2 - 1
        places = Array(repeating: 0, count: mask + 1)
        for (number, entry) in entries.enumerated() {
            let first = Self.hash(entry.string, entry.head, in: bytes)
            let free = (0..<Self.probes).first { places[(first + $0) & mask] == 0 }
            if let free { places[(first + free) & mask] = Int32(number + 1) }
        }
    }

    /// - Precondition: the strings are of one length, and their first eight bytes equal.
    @inline(__always)
    private static func tailsAreEqual(_ one: Span, _ other: Span, in bytes: UnsafeRawBufferPointer) -> Bool {
        let count = one.count
        var at = 8
        while at < count {
            let word = bytes.word(at: Int(one.start) + at, count - at)
            guard word == bytes.word(at: Int(other.start) + at, count - at) else { return false }
            at += 8
        }
        return true
    }

    /// Eight bytes at a step, mixed by multiplication.
    @inline(__always)
    private static func hash(_ string: Span, _ head: UInt64, in bytes: UnsafeRawBufferPointer) -> Int {
        let count = string.count
        var hash = head ^ (UInt64(string.tag) << 32 | UInt64(count)) &* 0x9E37_79B9_7F4A_7C15
        var at = 8
        while at < count {
            hash = (hash ^ hash >> 29) &* 0xBF58_476D_1CE4_E5B9
            hash ^= bytes.word(at: Int(string.start) + at, count - at)
            at += 8
        }
        return Int((hash &* 0x94D0_49BB_1331_11EB) >> 32)
    }
}
