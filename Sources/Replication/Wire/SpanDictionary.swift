/// Numbers equal byte strings alike, in the order in which they first come.
///
/// The work for a string is bounded whatever the strings are: after a few places that others have taken it counts as
/// one of its own, which costs bytes on the line and nothing else. So no seed is needed against strings that were made
/// to collide.
struct SpanDictionary {
    /// Places that are looked at for one string.
    private static let probes = 12

    /// The distinct strings, and how often each has come.
    private(set) var spans: [Span] = []
    private(set) var counts: [Int32] = []
    /// What sets equal bytes apart.
    private(set) var tags: [UInt8] = []
    private var hashes: [UInt32] = []
    /// Number of the string plus one; 0 for a free place. Its length is a power of two.
    private var places: [Int32]

    /// - Parameter expected: about how many strings will come.
    init(expecting expected: Int) {
        var room = 64
        while room < expected * 2 { room *= 2 }
        places = Array(repeating: 0, count: room)
    }

    /// - Parameters:
    ///   - tag: strings with different ones are different.
    ///   - bytes: the buffer that all spans lie in.
    mutating func number(_ span: Span, tag: UInt8 = 0, in bytes: UnsafeRawBufferPointer) -> Int32 {
        let hash = Self.hash(span, in: bytes) &+ UInt32(tag)
        let mask = places.count - 1
        var place = Int(hash) & mask
        for _ in 0..<Self.probes {
            let found = places[place]
            if found == 0 {
                places[place] = Int32(spans.count + 1)
                return add(span, tag, hash)
            }
            let number = Int(found) - 1
            if hashes[number] == hash, tags[number] == tag, Self.areEqual(spans[number], span, in: bytes) {
                counts[number] += 1
                return Int32(number)
            }
            place = (place + 1) & mask
        }
        return add(span, tag, hash)
    }

    private mutating func add(_ span: Span, _ tag: UInt8, _ hash: UInt32) -> Int32 {
        spans.append(span)
        tags.append(tag)
        counts.append(1)
        hashes.append(hash)
        return Int32(spans.count - 1)
    }

    private static func areEqual(_ left: Span, _ right: Span, in bytes: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count else { return false }
        var (one, other) = (Int(left.start), Int(right.start))
        let end = one + Int(left.count)
        while one + 8 <= end {
            let word = bytes.loadUnaligned(fromByteOffset: one, as: UInt64.self)
            guard word == bytes.loadUnaligned(fromByteOffset: other, as: UInt64.self) else { return false }
            one += 8
            other += 8
        }
        while one < end {
            guard bytes[one] == bytes[other] else { return false }
            one += 1
            other += 1
        }
        return true
    }

    /// Eight bytes at a step, mixed by multiplication.
    private static func hash(_ span: Span, in bytes: UnsafeRawBufferPointer) -> UInt32 {
        var hash = UInt64(span.count) &* 0x9E37_79B9_7F4A_7C15
        var at = Int(span.start)
        let end = at + Int(span.count)
        while at + 8 <= end {
            hash = (hash ^ bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &* 0xBF58_476D_1CE4_E5B9
            hash ^= hash >> 29
            at += 8
        }
        var rest: UInt64 = 0
        while at < end {
            rest = rest << 8 | UInt64(bytes[at])
            at += 1
        }
        hash = (hash ^ rest) &* 0x94D0_49BB_1331_11EB
        return UInt32(truncatingIfNeeded: hash >> 32)
    }
}
