@testable import Hashing
import Testing

@Suite("CRC-32")
struct CRC32Tests {
    @Test("the check value and other known sums")
    func known() {
        #expect(CRC32.checksum(Array("123456789".utf8)) == 0xcbf4_3926)
        #expect(CRC32.checksum([]) == 0)
        #expect(CRC32.checksum(Array("The quick brown fox jumps over the lazy dog".utf8)) == 0x414f_a339)
    }

    @Test("bytes taken many at a step give what one after the other gives, whatever their number")
    func steps() {
        let bytes = (0..<130).map { UInt8(truncatingIfNeeded: $0 * 97 + 13) }
        for start in 0..<9 {
            for end in start...bytes.count {
                let part = Array(bytes[start..<end])
                var single = CRC32()
                for byte in part { single.update([byte]) }
                var portable = CRC32()
                part.withUnsafeBytes { portable.updatePortably($0) }
                #expect(CRC32.checksum(part) == single.value)
                #expect(portable.value == single.value)
            }
        }
    }

    @Test("pieces give the sum of the whole")
    func pieces() {
        var crc = CRC32()
        crc.update(Array("1234".utf8))
        crc.update([])
        crc.update(Array("56789".utf8))
        #expect(crc.value == 0xcbf4_3926)
    }
}
