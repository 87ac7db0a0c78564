import Hashing
import Testing

@Suite("128-bit digests")
struct Digest128Tests {
    @Test("truncating takes the first sixteen bytes, most significant first")
    func truncating() {
        let digest = Digest128(truncating: Array(0..<32))
        #expect(digest.high == 0x0001_0203_0405_0607)
        #expect(digest.low == 0x0809_0a0b_0c0d_0e0f)
        #expect(digest.bytes == Array(0..<16))
        #expect(digest.description == "000102030405060708090a0b0c0d0e0f")
    }

    @Test("bytes and hexadecimal digits come back, and wrong lengths are refused")
    func roundTrip() throws {
        let digest = Digest128(high: 0xfedc_ba98_7654_3210, low: 0x0123_4567_89ab_cdef)
        #expect(Digest128(bytes: digest.bytes) == digest)
        #expect(Digest128(hexadecimal: digest.description) == digest)
        #expect(Digest128(hexadecimal: digest.description.uppercased()) == digest)
        #expect(Digest128(bytes: Array(digest.bytes.dropLast())) == nil)
        #expect(Digest128(bytes: digest.bytes + [0]) == nil)
        #expect(Digest128(hexadecimal: digest.description.dropLast()) == nil)
        #expect(Digest128(hexadecimal: digest.description + "0") == nil)
        #expect(Digest128(hexadecimal: digest.description.dropLast() + "g") == nil)
    }

    @Test("addition carries into the high half and wraps at the top")
    func addition() {
        let one = Digest128(high: 0, low: 1)
        #expect(Digest128(high: 0, low: .max) &+ one == Digest128(high: 1, low: 0))
        #expect(Digest128(high: .max, low: .max) &+ one == .zero)
        #expect(.zero &- one == Digest128(high: .max, low: .max))
        #expect(Digest128(high: 1, low: 0) &- one == Digest128(high: 0, low: .max))
    }

    @Test("a sum does not depend on the order, and a member can be taken out")
    func sums() {
        let members = (0..<50).map { Digest128(truncating: SHA256.hash([UInt8($0)])) }
        var forward = Digest128.zero
        var backward = Digest128.zero
        for member in members { forward &+= member }
        for member in members.reversed() { backward &+= member }
        #expect(forward == backward)
        for member in members.dropFirst() { forward &-= member }
        #expect(forward == members[0])
    }

    @Test("digests are ordered as their bytes are")
    func order() {
        let digests = (0..<50).map { Digest128(truncating: SHA256.hash([UInt8($0)])) }
        let byBytes = digests.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        #expect(digests.sorted() == byBytes)
        #expect(Digest128(high: 0, low: .max) < Digest128(high: 1, low: 0))
    }
}
