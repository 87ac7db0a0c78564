/// Damages inputs as lines, disks and hostile peers do, and as a fuzzer does: without a look at the code, but seeded.
struct Mutator {
    private var random: SplitMix64
    private let inputs: [[UInt8]]
    private let words: [[UInt8]]
    private let bytesMax: Int

    /// - Parameters:
    ///   - inputs: what is mutated; at least one.
    ///   - words: what is put in, beside the numbers that are often a bound.
    init(_ inputs: [[UInt8]], words: [[UInt8]], bytesMax: Int, seed: UInt64) {
        precondition(!inputs.isEmpty, "there must be something to mutate")
        random = SplitMix64(seed: seed)
        self.inputs = inputs
        self.words = words + Self.numbers
        self.bytesMax = bytesMax
    }

    /// Ends of ranges, as text and as the varints and fixed integers of the wire.
    private static let numbers: [[UInt8]] =
        ["0", "-1", "1e308", "9223372036854775807", "-9223372036854775808", "18446744073709551616"].map {
            Array($0.utf8)
        }
        + [
            [0], [1], [0x7F], [0x80, 0x01], [0xFF, 0xFF, 0x03], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
            Array(repeating: 0xFF, count: 9) + [0x01], Array(repeating: 0xFF, count: 8),
            [0x80, 0, 0, 0, 0, 0, 0, 0], [0x7F] + Array(repeating: 0xFF, count: 7),
        ]

    /// The next input: one of those given, with one to six things wrong.
    mutating func next() -> [UInt8] {
        var bytes = pick(inputs)
        for _ in 0...below(6) { damage(&bytes) }
        return Array(bytes.prefix(bytesMax))
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else {
            bytes = pick(words)
            return
        }
        let place = below(bytes.count)
        let end = min(bytes.count, place + 1 + below(below(4) == 0 ? bytes.count : 16))
        switch below(9) {
        case 0: bytes[place] ^= 1 << UInt8(below(8))
        case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: Array(bytes[place..<end]), at: place)
        case 4: bytes.removeSubrange(place...)
        case 5: bytes.insert(contentsOf: pick(words), at: place)
        case 6: bytes.replaceSubrange(place..<end, with: pick(words))
        case 7: splice(&bytes, at: place)
        default: swapStretches(&bytes, place..<end)
        }
    }

    /// The rest becomes that of another input.
    private mutating func splice(_ bytes: inout [UInt8], at place: Int) {
        let other = pick(inputs)
        bytes.replaceSubrange(place..., with: other.suffix(below(other.count + 1)))
    }

    private mutating func swapStretches(_ bytes: inout [UInt8], _ range: Range<Int>) {
        let stretch = Array(bytes[range])
        bytes.removeSubrange(range)
        bytes.insert(contentsOf: stretch, at: below(bytes.count + 1))
    }

    private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

    private mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
}

/// SplitMix64: a small generator that gives the same numbers for the same seed everywhere.
///
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014).
private struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
