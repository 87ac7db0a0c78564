/// HMAC with SHA-256 (RFC 2104).
///
/// Preparing a key costs two blocks; a prepared value can be copied and used for many messages.
public struct HMACSHA256: Sendable {
    private var inner = SHA256()
    private var outer = SHA256()

    /// Prepares a key of any length; one longer than a block (64 bytes) is hashed first, as the RFC says.
    public init(key: [UInt8]) {
        var block = key.count > SHA256.blockByteCount ? SHA256.hash(key) : key
        block.append(contentsOf: repeatElement(0, count: SHA256.blockByteCount - block.count))
        inner.update(block.map { $0 ^ 0x36 })
        outer.update(block.map { $0 ^ 0x5c })
    }

    /// Adds bytes to the message.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        inner.update(bytes)
    }

    /// Adds bytes to the message.
    public mutating func update(_ bytes: [UInt8]) {
        inner.update(bytes)
    }

    /// Adds bytes to the message; a sequence without contiguous storage is copied first.
    public mutating func update(bytes: some Sequence<UInt8>) {
        inner.update(bytes: bytes)
    }

    /// The code of everything fed so far, 32 bytes.
    public func finalize() -> [UInt8] {
        var last = outer
        last.update(inner.finalize())
        return last.finalize()
    }

    /// The code of a whole message, 32 bytes.
    public static func authenticate(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        var code = HMACSHA256(key: key)
        code.update(message)
        return code.finalize()
    }

    /// Whether `code` is the code of everything fed so far.
    ///
    /// The time it takes depends on the length of `code` only, so that a forger learns nothing from it.
    public func isValid(_ code: [UInt8]) -> Bool {
        let expected = finalize()
        guard code.count == expected.count else { return false }
        var difference: UInt8 = 0
        for index in expected.indices {
            difference |= expected[index] ^ code[index]
        }
        return difference == 0
    }
}
