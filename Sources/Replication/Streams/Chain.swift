import Hashing

/// The running digest of a stream: d(n) = H(d(n−1), n, h(entry n)).
///
/// A stream is a numbered list of entries. An entry's content may be emptied later; its number and hash stay, so that
/// the chain still proves itself. Two ends that have equal digests at a number have the same history up to it.
public struct Chain: Hashable, Sendable {
    public private(set) var number: UInt64
    public private(set) var digest: Digest128

    /// The beginning of every stream.
    public static let start = Chain(number: 0, digest: Digest128(high: 0, low: 0))

    public init(number: UInt64, digest: Digest128) {
        self.number = number
        self.digest = digest
    }

    /// - Precondition: numbers rise.
    public mutating func append(_ entry: Digest128, number: UInt64) {
        precondition(number > self.number, "entries of a stream are numbered upwards")
        var writer = ByteWriter(reserving: 40)
        writer.fixed64(digest.high)
        writer.fixed64(digest.low)
        writer.fixed64(number)
        writer.fixed64(entry.high)
        writer.fixed64(entry.low)
        digest = Digest128(truncating: SHA256.hash(writer.bytes))
        self.number = number
    }

    public mutating func append(_ entry: Digest128) { append(entry, number: number + 1) }
}
