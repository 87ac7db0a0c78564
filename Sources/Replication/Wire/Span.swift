/// A run of bytes within a buffer that somebody else holds.
struct Span: Hashable {
    let start: Int32
    let count: Int32

    init(_ start: Int, _ count: Int) {
        self.start = Int32(start)
        self.count = Int32(count)
    }

    var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
    var isEmpty: Bool { count == 0 }
}
