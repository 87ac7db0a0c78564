/// A column of numbers: plain, or as runs of equal values, whichever is shorter.
///
/// Most columns of a batch are one value over and over (the origin, a step of one), and then cost three bytes in all.
struct IntegerColumn {
    var values: [UInt64] = []

    /// The bytes that the numbers take.
    struct Sizes {
        /// Each for itself.
        var plain = 0
        /// As runs, a length and a value each; at least so many, where that is not the shorter way.
        var runs = 0

        /// Counts a run in.
        @inline(__always)
        fileprivate mutating func add(_ value: UInt64, times length: Int) {
            let size = ByteWriter.varintSize(value)
            plain += size * length
            runs += size + ByteWriter.varintSize(UInt64(length))
        }

        var shorter: Int { min(plain, runs) }
        /// With what stands before them.
        var framed: Int { 1 + ByteWriter.varintSize(UInt64(shorter)) + shorter }
    }

    var sizes: Sizes { smallSizes ?? runSizes }

    /// Of numbers that take a byte each and no fewer as runs, as those of words do; nil for others. Nothing tells
    /// where the next one differs, so no step depends on it.
    private var smallSizes: Sizes? {
        values.withUnsafeBufferPointer { values in
            let middle = values.count / 2
            guard middle > 0, values[middle] < 0x80, values[middle] != values[middle - 1] else { return nil }
            var (union, last, changes) = (values[0], values[0], 1)
            for value in values {
                union |= value
                changes &+= value == last ? 0 : 1
                last = value
            }
            guard union < 0x80, changes * 2 >= values.count else { return nil }
            // A run takes two bytes at least.
            return Sizes(plain: values.count, runs: changes * 2)
        }
    }

    private var runSizes: Sizes {
        var sizes = Sizes()
        guard var value = values.first else { return sizes }
        var length = 0
        for next in values {
            if next != value {
                sizes.add(value, times: length)
                value = next
                length = 0
            }
            length += 1
        }
        sizes.add(value, times: length)
        return sizes
    }

    func write(to writer: inout ByteWriter) { write(sizes, to: &writer) }

    /// - Parameter sizes: the column's own.
    func write(_ sizes: Sizes, to writer: inout ByteWriter) {
        let usesRuns = sizes.runs < sizes.plain
        writer.bool(usesRuns)
        writer.varint(sizes.shorter)
        guard usesRuns else { return writer.varints(values, size: sizes.plain) }
        var rest = values[...]
        while let value = rest.first {
            let run = rest.prefix { $0 == value }.count
            writer.varint(run)
            writer.varint(value)
            rest = rest.dropFirst(run)
        }
    }

    /// - Parameter count: how many numbers there must be: known from elsewhere, so a column cannot claim more.
    static func read(_ count: Int, from reader: inout ByteReader) throws -> [UInt64] {
        let usesRuns = try reader.bool()
        var column = try reader.blockReader()
        let values = column.readRest { usesRuns ? runs(count, from: &$0) : numbers(count, from: &$0) }
        guard let values else { throw ReplicationError.malformed("A column has not the numbers that it should.") }
        return values
    }

    private static func numbers(_ count: Int, from cursor: inout ByteCursor) -> [UInt64]? {
        // Each takes a byte at least, so that little memory is asked for in vain.
        guard count <= cursor.remaining else { return nil }
        let values = [UInt64](capacity: count) { values in
            for _ in 0..<count {
                guard let value = cursor.varint() else { return }
                values.append(value)
            }
        }
        return values.count == count ? values : nil
    }

    private static func runs(_ count: Int, from cursor: inout ByteCursor) -> [UInt64]? {
        var values: [UInt64] = []
        values.reserveCapacity(min(count, 65_536))
        while values.count < count {
            guard let run = cursor.varint(), run > 0, run <= UInt64(count - values.count), let value = cursor.varint()
            else { return nil }
            values.append(contentsOf: repeatElement(value, count: Int(run)))
        }
        return values
    }

    @inline(__always)
    static func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: (value << 1) ^ (value >> 63)) }

    @inline(__always)
    static func unzigzag(_ value: UInt64) -> Int64 { Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
}

extension ByteWriter {
    /// The bytes that a number takes: one for each seven bits, and for none too.
    @inline(__always)
    static func varintSize(_ value: UInt64) -> Int {
        // Nine sixty-fourths are one seventh, exactly enough up to 64 bits.
        ((63 - (value | 1).leadingZeroBitCount) &* 9 &+ 73) &>> 6
    }
}
