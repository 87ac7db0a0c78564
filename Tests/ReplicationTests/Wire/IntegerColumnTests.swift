import Testing

@testable import Replication

@Suite("Columns of numbers")
struct IntegerColumnTests {
    private func size(_ value: UInt64) -> Int {
        var writer = ByteWriter()
        writer.varint(value)
        return writer.count
    }

    /// The bytes that the numbers take each for itself, and as runs.
    private func sizes(_ values: [UInt64]) -> (plain: Int, runs: Int) {
        var runs: [(value: UInt64, length: UInt64)] = []
        for value in values {
            if runs.last?.value == value {
                runs[runs.count - 1].length += 1
            } else {
                runs.append((value, 1))
            }
        }
        return (
            values.reduce(0) { $0 + size($1) },
            runs.reduce(0) { $0 + size($1.value) + size($1.length) }
        )
    }

    @Test("numbers come back, written in the shorter of the two ways", arguments: 0..<8 as Range<UInt64>)
    func shorter(kind: UInt64) throws {
        var random = SplitMix64(for: "columns of numbers \(kind)")
        for count in [0, 1, 2, 3, 7, 64, 127, 128, 129, 300, 16_384] {
            let values = (0..<count).map { _ -> UInt64 in
                switch kind {
                case 0: random.next() % 2
                case 1: random.next() % 100
                case 2: random.next() % 130
                case 3: random.next() % 50 == 0 ? 5 : 4
                case 4: random.next() % 3_000 == 0 ? UInt64.max : 0
                case 5: random.next() % 400
                case 6: random.next()
                default: random.next() >> (random.next() % 64)
                }
            }
            var writer = ByteWriter()
            IntegerColumn(values: values).write(to: &writer)
            let (plain, runs) = sizes(values)
            let shorter = min(plain, runs)
            #expect(writer.count == 1 + size(UInt64(shorter)) + shorter)
            var reader = ByteReader(writer.bytes)
            #expect(try IntegerColumn.read(count, from: &reader) == values)
            try reader.expectEnd()
        }
    }

    @Test("the size of a number is that of its bytes, at every power of two")
    func powers() {
        for shift in 0..<64 {
            for value in [UInt64(1) << shift, (UInt64(1) << shift) - 1, UInt64.max >> UInt64(shift)] {
                #expect(ByteWriter.varintSize(value) == size(value))
            }
        }
    }
}
