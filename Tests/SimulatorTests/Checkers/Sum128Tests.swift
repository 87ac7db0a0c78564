import Hashing
import Testing

@testable import Simulator

struct Sum128Tests {
    @Test("Sums carry from the lower half to the upper and wrap at the end")
    func sumsCarryFromThe() {
        var sum = Sum128([UInt8](repeating: 0, count: 8) + [UInt8](repeating: 0xFF, count: 8))
        sum.add(Sum128([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]))
        #expect(sum.bytes == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1])
        var last = Sum128([UInt8](repeating: 0xFF, count: 16))
        last.add(Sum128([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]))
        #expect(last == Sum128())
    }

    @Test("Bytes come out as they went in")
    func bytesComeOutAs() {
        let bytes = (0..<16).map { UInt8($0 * 17) }
        #expect(Sum128(bytes).bytes == bytes)
    }
}
