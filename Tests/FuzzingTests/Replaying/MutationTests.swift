import Foundation
import Testing

@Suite("Mutated inputs")
struct MutationTests {
    /// Inputs of one target in one run: a second or two of it.
    static let rounds = 3_000
    static let bytesMax = 16_384

    /// Printed once, so that a failure can be replayed with `TRIBUTARY_SEED=… swift test`.
    static let seed: UInt64 = {
        let given = ProcessInfo.processInfo.environment["TRIBUTARY_SEED"].flatMap { UInt64($0) }
        let seed = given ?? UInt64.random(in: 1...999_999_999)
        print("Mutated inputs come from TRIBUTARY_SEED=\(seed)")
        return seed
    }()

    @Test("never trap, never pass the memory bound, and end in an answer or a refusal", arguments: FuzzTarget.allCases)
    func mutated(target: FuzzTarget) async {
        await #expect(
            processExitsWith: .success, "seed \(Self.seed); see \(FuzzRun.file(of: target, "mutated").path)"
        ) { [target = target as FuzzTarget, seed = Self.seed as UInt64] in
            try MemoryBound.impose(mebibytes: MemoryBound.mebibytes(of: target))
            let inputs = try target.seeds() + KeptInputs(target: target).corpus
            var mutator = Mutator(
                inputs.map(\.bytes), words: try target.words().map { Array($0.utf8) }, bytesMax: Self.bytesMax,
                seed: seed)
            let mutated = (1...Self.rounds).lazy.map { FuzzSeed("round \($0) of seed \(seed)", mutator.next()) }
            try FuzzRun(target, name: "mutated").run(mutated)
        }
    }

    @Test("the same seed gives the same inputs, and another one others")
    func seeded() {
        func inputs(_ seed: UInt64) -> [[UInt8]] {
            var mutator = Mutator([[1, 2, 3]], words: [[9]], bytesMax: 8, seed: seed)
            return (0..<20).map { _ in mutator.next() }
        }
        #expect(inputs(1) == inputs(1))
        #expect(inputs(1) != inputs(2))
        #expect(inputs(1).allSatisfy { $0.count <= 8 })
    }
}
