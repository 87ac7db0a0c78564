/// SHA-256 (FIPS 180-4), fed piece by piece.
///
/// A value type: a copy taken half way goes on by itself, and ``finalize()`` leaves the original usable.
public struct SHA256: Sendable {
    /// The length of a digest, in bytes.
    public static let digestByteCount = 32
    /// The length of the blocks the function works on, in bytes.
    public static let blockByteCount = 64

    var state = SHA256State()
    /// The bytes after the last whole block, fewer than ``blockByteCount``.
    private var pending: [UInt8] = []
    private var totalByteCount: UInt64 = 0

    public init() {}

    /// Adds bytes to the message.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        totalByteCount &+= UInt64(bytes.count)
        var rest = bytes
        if !pending.isEmpty {
            let taken = min(Self.blockByteCount - pending.count, rest.count)
            pending.append(contentsOf: UnsafeRawBufferPointer(rebasing: rest[..<taken]))
            rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
            guard pending.count == Self.blockByteCount else { return }
            pending.withUnsafeBytes { state.absorb($0) }
            pending.removeAll(keepingCapacity: true)
        }
        let whole = rest.count & ~(Self.blockByteCount - 1)
        state.absorb(UnsafeRawBufferPointer(rebasing: rest[..<whole]))
        if whole < rest.count {
            pending.append(contentsOf: UnsafeRawBufferPointer(rebasing: rest[whole...]))
        }
    }

    /// Adds bytes to the message.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// Adds bytes to the message; a sequence without contiguous storage is copied first.
    public mutating func update(bytes: some Sequence<UInt8>) {
        let fed: Void? = bytes.withContiguousStorageIfAvailable { update(UnsafeRawBufferPointer($0)) }
        if fed == nil {
            update(Array(bytes))
        }
    }

    /// The digest of everything fed so far, 32 bytes.
    public func finalize() -> [UInt8] {
        pending.withUnsafeBytes { Self.finish(state, rest: $0, totalByteCount: totalByteCount).bytes }
    }

    /// The digest of a whole message, 32 bytes.
    public static func hash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] { state(after: bytes).bytes }

    /// The first half of the digest of a whole message.
    public static func digest128(_ bytes: UnsafeRawBufferPointer) -> Digest128 { state(after: bytes).firstHalf }

    private static func state(after bytes: UnsafeRawBufferPointer) -> SHA256State {
        var state = SHA256State()
        let whole = bytes.count & ~(blockByteCount - 1)
        state.absorb(UnsafeRawBufferPointer(rebasing: bytes[..<whole]))
        let rest = UnsafeRawBufferPointer(rebasing: bytes[whole...])
        return finish(state, rest: rest, totalByteCount: UInt64(bytes.count))
    }

    /// The digest of a whole message, 32 bytes.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { hash($0) }
    }

    /// The digest of a whole message, 32 bytes; a sequence without contiguous storage is copied first.
    public static func hash(bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.withContiguousStorageIfAvailable { hash(UnsafeRawBufferPointer($0)) } ?? hash(Array(bytes))
    }

    /// Pads the last, partial block with a one bit, zeros and the length in bits, and gives the state out.
    private static func finish(
        _ started: SHA256State, rest: UnsafeRawBufferPointer, totalByteCount: UInt64
    ) -> SHA256State {
        var state = started
        let lengthByteCount = 8
        let padded = rest.count + 1 + lengthByteCount <= blockByteCount ? blockByteCount : 2 * blockByteCount
        withUnsafeTemporaryAllocation(byteCount: padded, alignment: 8) { tail in
            tail.initializeMemory(as: UInt8.self, repeating: 0)
            tail.copyMemory(from: rest)
            tail[rest.count] = 0x80
            let bitCount = (totalByteCount &* 8).bigEndian
            tail.storeBytes(of: bitCount, toByteOffset: padded - lengthByteCount, as: UInt64.self)
            state.absorb(UnsafeRawBufferPointer(tail))
        }
        return state
    }
}
