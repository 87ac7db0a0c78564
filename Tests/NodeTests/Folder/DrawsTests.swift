import Testing

@testable import Node

@Suite struct DrawsTests {
    @Test("an identifier begins with its time, and two of one moment differ")
    func identifiers() {
        let (one, other) = (Draws.identifier(at: 0x0102_0304_0506), Draws.identifier(at: 0x0102_0304_0506))
        #expect(one.count == 16)
        #expect(Array(one[..<6]) == [1, 2, 3, 4, 5, 6])
        #expect(one[6...] != other[6...])
    }
}
