import Foundation
import Testing

@Suite("Inputs that unfold")
struct MemoryTests {
    @Test("the largest ones, and those made to unfold, stay within the memory bound", arguments: FuzzTarget.allCases)
    func unfolding(target: FuzzTarget) async {
        await #expect(processExitsWith: .success, "see \(FuzzRun.file(of: target, "unfolding").path)") {
            [target = target as FuzzTarget] in
            let inputs = Unfolding.inputs(of: target)
            // Once without the bound: what is made once and kept is no part of what an input takes.
            try target.run([])
            try MemoryBound.impose(mebibytes: MemoryBound.mebibytes(of: target))
            try FuzzRun(target, name: "unfolding").run(inputs)
        }
    }

    @Test("the bound is one: who takes more is brought down")
    func bound() async {
        await #expect(processExitsWith: .failure) {
            try MemoryBound.impose(mebibytes: 8)
            var kept: [[UInt8]] = []
            for byte in UInt8(1)...16 { kept.append(Array(repeating: byte, count: 1 << 20)) }
            #expect(kept.count == 16)
        }
    }
}
