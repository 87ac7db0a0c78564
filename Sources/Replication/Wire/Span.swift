/// A run of bytes within a buffer that somebody else holds.
struct Span: Hashable {
    /// A run is shorter: frames and changes have limits far below.
    private static let countLimit = 1 << 24

    let start: Int32
    private let countAndTag: UInt32

    /// - Parameter tag: sets equal bytes apart, where that is needed.
    init(_ start: Int, _ count: Int, tag: UInt8 = 0) {
        precondition(count < Self.countLimit, "a run of bytes is below 16 MiB")
        self.start = Int32(start)
        countAndTag = UInt32(count) << 8 | UInt32(tag)
    }

    var count: Int { Int(countAndTag >> 8) }
    var tag: UInt8 { UInt8(truncatingIfNeeded: countAndTag) }
    var range: Range<Int> { Int(start)..<Int(start) + count }
    var isEmpty: Bool { count == 0 }

    /// Whether another run is as long, and tagged alike.
    func isAlike(_ other: Span) -> Bool { countAndTag == other.countAndTag }
}
