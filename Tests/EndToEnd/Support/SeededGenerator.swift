import Foundation

/// Random numbers that can be had again: SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// The seed that TRIBUTARY_SEED names, else a new one; printed, so that a failure can be replayed.
    static func announced(_ test: String) -> SeededGenerator {
        let stated = ProcessInfo.processInfo.environment["TRIBUTARY_SEED"].flatMap(UInt64.init)
        let seed = stated ?? UInt64.random(in: 0...UInt64(UInt32.max))
        print("\(test): TRIBUTARY_SEED=\(seed)")
        return SeededGenerator(seed: seed)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
