/// Random numbers of one entity for one purpose, the same ones whatever any other draws.
///
/// xoshiro256** seeded by SplitMix64 (Blackman and Vigna, 2018). The draws are our own: the standard library's may
/// change with the version of Swift.
public struct RandomStream: Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// - Parameters:
    ///   - entity: whose draws, as a site's identifier.
    ///   - purpose: what for, as `arrivals`.
    public init(seed: UInt64, entity: String, purpose: String) {
        var mixer = SplitMix64(seed: seed)
        for byte in entity.utf8 { mixer.absorb(UInt64(byte)) }
        mixer.absorb(0x100)
        for byte in purpose.utf8 { mixer.absorb(UInt64(byte)) }
        state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    public mutating func next() -> UInt64 {
        func rotated(_ value: UInt64, _ count: UInt64) -> UInt64 { value << count | value >> (64 - count) }
        let result = rotated(state.1 &* 5, 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = rotated(state.3, 45)
        return result
    }

    /// A number below `bound`, each as likely as any other (Lemire 2019).
    public mutating func below(_ bound: Int64) -> Int64 {
        precondition(bound > 0, "there is no number below \(bound)")
        let range = UInt64(bound)
        var product = next().multipliedFullWidth(by: range)
        if product.low < range {
            let threshold = (0 &- range) % range
            while product.low < threshold { product = next().multipliedFullWidth(by: range) }
        }
        return Int64(product.high)
    }

    public mutating func within(_ range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// True as often as `perMille` of a thousand times.
    public mutating func happens(perMille: Int64) -> Bool {
        perMille > 0 && below(1_000) < perMille
    }

    /// One of a list that is not empty.
    public mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int(below(Int64(elements.count)))]
    }

    /// An index, as often as its weight says; the weights are not negative and not all 0.
    public mutating func weighted(_ weights: [Int64]) -> Int {
        var rest = below(weights.reduce(0, +))
        for (index, weight) in weights.enumerated() {
            if rest < weight { return index }
            rest -= weight
        }
        return weights.count - 1
    }

    /// The same elements in another order, each order as likely as any other.
    public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var shuffled = elements
        for index in shuffled.indices.dropFirst().reversed() {
            shuffled.swapAt(index, Int(below(Int64(index + 1))))
        }
        return shuffled
    }

    public mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 32) }
    }

    /// How long until the next of events that come at random, `mean` apart on average: exponential, from a table.
    public mutating func untilNext(mean: VirtualTime) -> VirtualTime {
        let perThousand = ExponentialTable.values[Int(below(Int64(ExponentialTable.values.count)))]
        let (high, low) = mean.microseconds.multipliedFullWidth(by: perThousand)
        return VirtualTime(microseconds: max(1, Int64(1_000).dividingFullWidth((high, low)).quotient))
    }
}
