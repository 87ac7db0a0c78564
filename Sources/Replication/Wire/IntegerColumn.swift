/// A column of numbers: plain, or as runs of equal values, whichever is shorter.
///
/// Most columns of a batch are one value over and over (the origin, a step of one), and then cost three bytes in all.
struct IntegerColumn {
    var values: [UInt64] = []

    func write(to writer: inout ByteWriter) {
        let plain = values.reduce(0) { $0 + ByteWriter.varintSize($1) }
        let runs = runsSize(below: plain)
        writer.bool(runs < plain)
        writer.varint(min(runs, plain))
        guard runs < plain else {
            for value in values { writer.varint(value) }
            return
        }
        var index = 0
        while index < values.count {
            let end = endOfRun(from: index)
            writer.varint(end - index)
            writer.varint(values[index])
            index = end
        }
    }

    /// How many bytes the column takes when it is written.
    var size: Int {
        let plain = values.reduce(0) { $0 + ByteWriter.varintSize($1) }
        let content = min(plain, runsSize(below: plain))
        return 1 + ByteWriter.varintSize(UInt64(content)) + content
    }

    /// What runs would take; looked at no further than `limit`.
    private func runsSize(below limit: Int) -> Int {
        var size = 0
        var index = 0
        while index < values.count, size < limit {
            let end = endOfRun(from: index)
            size += ByteWriter.varintSize(UInt64(end - index)) + ByteWriter.varintSize(values[index])
            index = end
        }
        return index < values.count ? limit : size
    }

    private func endOfRun(from start: Int) -> Int {
        var end = start + 1
        while end < values.count, values[end] == values[start] { end += 1 }
        return end
    }

    /// - Parameter count: how many numbers there must be; known from elsewhere, so a column cannot claim more.
    static func read(_ count: Int, from reader: inout ByteReader) throws -> [UInt64] {
        let usesRuns = try reader.bool()
        var column = try reader.blockReader()
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

extension ByteWriter {
    static func varintSize(_ value: UInt64) -> Int {
        value == 0 ? 1 : (70 - value.leadingZeroBitCount) / 7
    }
}
