/// Cuts work into transactions.
enum Batches {
    /// Ranges of at most `size` that cover `count`.
    static func of(_ size: Int, covering count: Int) -> [Range<Int>] {
        stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    }

    /// Ranges as long as given, one after the other.
    static func lengths(_ lengths: [Int]) -> [Range<Int>] {
        var start = 0
        return lengths.map { length in
            defer { start += length }
            return start..<start + length
        }
    }
}
