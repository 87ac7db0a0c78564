import Foundation
import Testing

@Suite("Kept inputs")
struct KeptInputTests {
    @Test("what once broke something is taken or refused today", arguments: FuzzTarget.allCases)
    func crashers(target: FuzzTarget) async {
        await #expect(processExitsWith: .success, "see \(FuzzRun.file(of: target, "crasher").path)") {
            [target = target as FuzzTarget] in
            try MemoryBound.impose(mebibytes: MemoryBound.mebibytes(of: target))
            try FuzzRun(target, name: "crasher").run(KeptInputs(target: target).crashers)
        }
    }

    @Test("every seed and every input of the corpus is taken or refused", arguments: FuzzTarget.allCases)
    func corpus(target: FuzzTarget) async {
        await #expect(processExitsWith: .success, "see \(FuzzRun.file(of: target, "corpus").path)") {
            [target = target as FuzzTarget] in
            try MemoryBound.impose(mebibytes: MemoryBound.mebibytes(of: target))
            try FuzzRun(target, name: "corpus").run(target.seeds() + KeptInputs(target: target).corpus)
        }
    }

    @Test("the corpus is small")
    func size() throws {
        var total = 0
        for target in FuzzTarget.allCases {
            let corpus = try KeptInputs(target: target).corpus
            #expect(corpus.count <= KeptInputs.corpusFilesMax, "\(target)")
            #expect(corpus.allSatisfy { $0.bytes.count <= KeptInputs.corpusFileBytesMax }, "\(target)")
            total += corpus.reduce(0) { $0 + $1.bytes.count }
        }
        #expect(total <= KeptInputs.bytesMax)
    }
}
