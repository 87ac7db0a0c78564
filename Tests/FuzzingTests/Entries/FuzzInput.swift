/// An input read as choices and content: a few bytes at its beginning choose, the rest is what comes in.
///
/// Choices that are missing are 0, so that every input means something and a short one can be cut further.
struct FuzzInput {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isEmpty: Bool { rest.isEmpty }

    mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    mutating func choice<Option>(of options: [Option]) -> Option { options[Int(byte()) % options.count] }

    /// Everything up to `separator`, which is dropped; everything, if it does not come.
    mutating func part(endingWith separator: UInt8) -> [UInt8] {
        let part = rest.prefix { $0 != separator }
        rest = rest[part.endIndex...].dropFirst()
        return Array(part)
    }

    /// Everything that has not been read.
    var remaining: [UInt8] { Array(rest) }
}

/// The pieces in which bytes arrive, of lengths that `pattern` chooses: 0 gives one piece, 1 single bytes, any other
/// lengths of 1 to 64 that vary. Made as they are asked for, so that cutting takes no memory.
struct Pieces: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private let pattern: UInt8
    private var start = 0
    private var state: UInt64

    init(_ bytes: [UInt8], pattern: UInt8) {
        self.bytes = bytes
        self.pattern = pattern
        state = UInt64(pattern)
    }

    mutating func next() -> [UInt8]? {
        guard start < bytes.count else { return nil }
        let end = Swift.min(bytes.count, start + nextLength())
        defer { start = end }
        return Array(bytes[start..<end])
    }

    private mutating func nextLength() -> Int {
        if pattern < 2 { return pattern == 0 ? bytes.count : 1 }
        state = state &* 0x5851_F42D_4C95_7F2D &+ 0x1405_7B7E_F767_814F
        return 1 + Int(state >> 58)
    }
}
