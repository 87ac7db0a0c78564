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
        let link = (
            digest.high.bigEndian, digest.low.bigEndian, number.bigEndian, entry.high.bigEndian, entry.low.bigEndian
        )
        digest = withUnsafeBytes(of: link) { SHA256.digest128($0) }
        self.number = number
    }

    public mutating func append(_ entry: Digest128) { append(entry, number: number + 1) }
}
