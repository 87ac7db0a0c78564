import Foundation

/// Numbers that a seed gives again: the seed is printed once, so that a failure can be replayed with
/// `TRIBUTARY_SEED=… swift test`.
///
/// SplitMix64. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014).
struct DeskRandom {
    static let seed: UInt64 = {
        let given = ProcessInfo.processInfo.environment["TRIBUTARY_SEED"].flatMap { UInt64($0) }
        let seed = given ?? UInt64.random(in: 1...999_999_999)
        print("Random tests of the desk run with TRIBUTARY_SEED=\(seed)")
        return seed
    }()

    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below `bound`.
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }

    /// The 16 bytes of an identifier.
    mutating func identifier() -> [UInt8] { (0..<16).map { _ in UInt8(truncatingIfNeeded: next()) } }
}
