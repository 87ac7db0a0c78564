/// A column of byte strings with a dictionary of those that occur again in the same batch.
///
/// Each payload has a code: 0 is a literal that occurs once, 1 a literal that enters the dictionary, n+2 the n-th of
/// the dictionary. So a repeated value costs its bytes once, and nobody ships a dictionary entry that is not used.
struct PayloadColumn {
    var payloads: [[UInt8]] = []

    func write(to writer: inout ByteWriter) {
        var occurrences: [[UInt8]: Int] = [:]
        for payload in payloads { occurrences[payload, default: 0] += 1 }
        var codes = IntegerColumn()
        var lengths = IntegerColumn()
        var literals = ByteWriter()
        var dictionary: [[UInt8]: Int] = [:]
        for payload in payloads {
            if let index = dictionary[payload] {
                codes.values.append(UInt64(index) + 2)
                continue
            }
            if occurrences[payload, default: 0] > 1 {
                codes.values.append(1)
                dictionary[payload] = dictionary.count
            } else {
                codes.values.append(0)
            }
            lengths.values.append(UInt64(payload.count))
            literals.raw(payload)
        }
        codes.write(to: &writer)
        writer.varint(lengths.values.count)
        lengths.write(to: &writer)
        writer.block(literals.bytes)
    }

    static func read(_ count: Int, from reader: inout ByteReader) throws -> [[UInt8]] {
        let codes = try IntegerColumn.read(count, from: &reader)
        let literalCount = try reader.count(atMost: count)
        let lengths = try IntegerColumn.read(literalCount, from: &reader)
        var literals = ByteReader(try reader.block())
        var next = lengths.makeIterator()
        var dictionary: [[UInt8]] = []
        var payloads: [[UInt8]] = []
        payloads.reserveCapacity(count)
        var total = 0
        for code in codes {
            let payload: [UInt8]
            if code >= 2 {
                guard code - 2 < UInt64(dictionary.count) else {
                    throw ReplicationError.malformed("A payload names a dictionary entry that is not there.")
                }
                payload = dictionary[Int(code - 2)]
            } else {
                guard let length = next.next(), length <= UInt64(literals.remaining) else {
                    throw ReplicationError.malformed("A payload is longer than its column.")
                }
                payload = try literals.raw(Int(length))
                if code == 1 { dictionary.append(payload) }
            }
            // A small dictionary can be named many times: bound what it unfolds to, not only what was sent.
            total += payload.count
            guard total <= ReplicationLimits.bytesUnfolded else {
                throw ReplicationError(
                    .oversized, "A column of a batch unfolds to more than 4 MiB.", remedy: "Send smaller batches.")
            }
            payloads.append(payload)
        }
        guard next.next() == nil else { throw ReplicationError.malformed("A column has payloads to spare.") }
        try literals.expectEnd()
        return payloads
    }
}
