extension ByteReader {
    /// The number of a change in its stream, or of an entry in a feed; or how far somebody has come in one.
    mutating func sequence() throws -> UInt64 {
        let value = try varint()
        guard value <= ReplicationLimits.sequenceMax else {
            throw ReplicationError.malformed("The number \(value) is above all that a stream can have.")
        }
        return value
    }
}
