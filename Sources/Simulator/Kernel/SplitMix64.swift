/// A small generator (Steele, Lea and Flood 2014): spreads a seed over a larger one's state, and suffices by itself
/// where nothing is simulated, as for a demo's wording.
public struct SplitMix64: Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// One of a few; the remainder's bias is for those whom it does not matter to.
    public mutating func pick<Element>(_ elements: [Element]) -> Element {
        precondition(!elements.isEmpty, "there is nothing to pick from")
        return elements[Int(next() % UInt64(elements.count))]
    }

    mutating func absorb(_ value: UInt64) {
        state ^= value
        state = next()
    }
}
