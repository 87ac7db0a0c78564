/// A column of numbers: plain, or as runs of equal values, whichever is shorter.
///
/// Most columns of a batch are one value over and over (the origin, a step of one), and then cost three bytes in all.
struct IntegerColumn {
    var values: [UInt64] = []

    func write(to writer: inout ByteWriter) {
        var plain = ByteWriter(reserving: values.count)
        for value in values { plain.varint(value) }
        var runs = ByteWriter()
        var index = 0
        while index < values.count, runs.count < plain.count {
            var end = index + 1
            while end < values.count, values[end] == values[index] { end += 1 }
            runs.varint(end - index)
            runs.varint(values[index])
            index = end
        }
        let usesRuns = index == values.count && runs.count < plain.count
        writer.bool(usesRuns)
        writer.block(usesRuns ? runs.bytes : plain.bytes)
    }

    /// - Parameter count: how many numbers there must be; known from elsewhere, so a column cannot claim more.
    static func read(_ count: Int, from reader: inout ByteReader) throws -> [UInt64] {
        let usesRuns = try reader.bool()
        var column = ByteReader(try reader.block())
        var values: [UInt64] = []
        values.reserveCapacity(min(count, 65_536))
        while values.count < count {
            let run = usesRuns ? try column.count(atMost: count - values.count) : 1
            guard run > 0 else { throw ReplicationError.malformed("A column has an empty run.") }
            let value = try column.varint()
            for _ in 0..<run { values.append(value) }
        }
        try column.expectEnd()
        return values
    }

    static func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: (value << 1) ^ (value >> 63)) }

    static func unzigzag(_ value: UInt64) -> Int64 { Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
}
