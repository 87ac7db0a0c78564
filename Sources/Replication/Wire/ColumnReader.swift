/// The values of a column while they are given out one by one.
struct ColumnReader<Element> {
    private let values: [Element]
    private var place = 0

    init(_ values: [Element] = []) { self.values = values }

    var isAtEnd: Bool { place == values.count }

    @inline(__always)
    mutating func next() -> Element? {
        guard place < values.count else { return nil }
        defer { place += 1 }
        return values[place]
    }

    /// The next values without passing over them; nil if there are fewer.
    func peek(_ count: UInt64) -> ArraySlice<Element>? {
        guard count <= UInt64(values.count - place) else { return nil }
        return values[place..<place + Int(count)]
    }

    /// Passes over values that have been looked at.
    mutating func skip(_ count: Int) {
        precondition(count <= values.count - place, "only what is there is passed over")
        place += count
    }
}
