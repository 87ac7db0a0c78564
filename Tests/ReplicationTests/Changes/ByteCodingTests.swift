import Testing

@testable import Replication

@Suite("Bytes")
struct ByteCodingTests {
    @Test("numbers come back, in as few bytes as they need")
    func varints() throws {
        let cases: [(UInt64, Int)] = [
            (0, 1), (127, 1), (128, 2), (16_383, 2), (16_384, 3), (1 << 63, 10), (.max, 10),
        ]
        for (value, size) in cases {
            var writer = ByteWriter()
            writer.varint(value)
            #expect(writer.count == size)
            var reader = ByteReader(writer.bytes)
            #expect(try reader.varint() == value)
            #expect(reader.isAtEnd)
        }
        for value in [0, -1, 1, 63, -64, .min, .max] as [Int64] {
            var writer = ByteWriter()
            writer.signed(value)
            var reader = ByteReader(writer.bytes)
            #expect(try reader.signed() == value)
        }
    }

    @Test(
        "a number that is padded, too long or cut off is refused",
        arguments: [
            [0x80, 0x00], [0xFF, 0x80, 0x00], Array(repeating: 0x80, count: 10) + [0x01],
            Array(repeating: 0xFF, count: 9) + [0x02], Array(repeating: 0xFF, count: 20), [0x80], [],
        ] as [[UInt8]])
    func badVarints(bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        #expect(throws: ReplicationError.self) { try reader.varint() }
    }

    @Test("a fixed number is eight bytes, most significant first")
    func fixed() throws {
        var writer = ByteWriter()
        writer.fixed64(0x0102_0304_0506_0708)
        #expect(writer.bytes == [1, 2, 3, 4, 5, 6, 7, 8])
        var reader = ByteReader(writer.bytes)
        #expect(try reader.fixed64() == 0x0102_0304_0506_0708)
        var short = ByteReader([1, 2, 3, 4, 5, 6, 7])
        #expect(throws: ReplicationError.self) { try short.fixed64() }
    }

    @Test("no length is believed before it is compared with what is there")
    func lengths() {
        var block = ByteReader([3, 1, 2])
        #expect(throws: ReplicationError.self) { try block.block() }
        // The length itself is not part of what is there.
        var text = ByteReader([2, 65])
        #expect(throws: ReplicationError.self) { try text.text() }
        var part = ByteReader([2, 65])
        #expect(throws: ReplicationError.self) { try part.blockReader() }
        var huge = ByteReader(Array(repeating: 0xFF, count: 9) + [0x01])
        #expect(throws: ReplicationError.self) { try huge.text() }
        var count = ByteReader([5])
        #expect(throws: ReplicationError.self) { try count.count(atMost: 4) }
        var raw = ByteReader([1])
        #expect(throws: ReplicationError.self) { try raw.raw(-1) }
        #expect(throws: ReplicationError.self) { try raw.raw(2) }
    }

    @Test("a text must be UTF-8, a truth value 0 or 1, and nothing may follow the end")
    func strictness() {
        var text = ByteReader([2, 0xC3, 0x28])
        #expect(throws: ReplicationError.self) { try text.text() }
        var bool = ByteReader([2])
        #expect(throws: ReplicationError.self) { try bool.bool() }
        #expect(throws: ReplicationError.self) { try ByteReader([0]).expectEnd() }
    }
}
