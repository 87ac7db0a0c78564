import Simulator

/// The option `--seed`.
enum SeedOption {
    static func read(_ invocation: Invocation) throws -> UInt64? {
        guard let text = invocation.text("seed") else { return nil }
        guard let seed = SeedText.parse(text) else {
            throw invocation.refusal("--seed is no number of 64 bits", "write it as 24301 or 0x5eed")
        }
        return seed
    }
}
