import Glibc

/// SplitMix64, so that a printed seed replays a run. `HTTP_FUZZ_SEED` in the environment chooses it.
struct TestRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The seed of this run, printed so that a failure can be replayed.
    static func announcedSeed() -> UInt64 {
        let chosen = getenv("HTTP_FUZZ_SEED").flatMap { UInt64(String(cString: $0)) }
        let seed = chosen ?? UInt64.random(in: 0...UInt64.max)
        print("HTTP_FUZZ_SEED=\(seed)")
        return seed
    }
}
