extension UnsafeRawBufferPointer {
    /// Up to eight bytes as one number, the first the lowest; zeros stand for those that are not asked for.
    ///
    /// One load wherever eight bytes are there, whatever they are.
    @inline(__always)
    func word(at offset: Int, _ count: Int) -> UInt64 {
        guard offset + 8 <= self.count else { return lastWord(at: offset, count) }
        let word = UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        return count < 8 ? word & (1 << UInt64(count * 8) - 1) : word
    }

    /// Whether the bytes are equal.
    func isSame(as other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        var at = 0
        while at < count {
            guard word(at: at, count - at) == other.word(at: at, count - at) else { return false }
            at += 8
        }
        return true
    }

    private func lastWord(at offset: Int, _ count: Int) -> UInt64 {
        precondition(offset >= 0 && offset + count <= self.count, "a word lies within its buffer")
        var word: UInt64 = 0
        for place in (0..<Swift.min(count, 8)).reversed() { word = word << 8 | UInt64(self[offset + place]) }
        return word
    }
}
