import CCrypt

/// Passwords as they are stored: yescrypt, which takes 20 ms and more, and memory, of whoever guesses.
///
/// Not for a thread that others wait for; see ``PasswordWorker``.
public enum PasswordHash {
    /// The cost that the library itself prefers; 16 MB of memory.
    static let cost: UInt = 5
    public static let saltBytes = 16

    /// - Parameter salt: 16 random bytes.
    /// - Returns: `$y$…`, with the salt and the cost in it; nil when the library cannot, for want of memory.
    public static func hash(_ password: String, salt: [UInt8]) -> String? {
        precondition(salt.count == saltBytes, "a salt has \(saltBytes) bytes")
        var setting = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
        let isMade = salt.withUnsafeBytes { salt in
            crypt_gensalt_rn(
                "$y$", cost, salt.bindMemory(to: CChar.self).baseAddress, Int32(saltBytes), &setting,
                Int32(setting.count)) != nil
        }
        return isMade ? run(password, setting: text(setting)) : nil
    }

    /// - Returns: whether the password is the one that was hashed; nil when the library cannot say.
    public static func matches(_ password: String, _ hash: String) -> Bool? {
        run(password, setting: hash).map { equal(Array($0.utf8), Array(hash.utf8)) }
    }

    private static func run(_ password: String, setting: String) -> String? {
        let size = MemoryLayout<crypt_data>.size
        let room = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: MemoryLayout<crypt_data>.alignment)
        room.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        defer {
            room.initializeMemory(as: UInt8.self, repeating: 0, count: size)
            room.deallocate()
        }
        return crypt_rn(password, setting, room, Int32(size)).map { String(cString: $0) }
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func equal(_ first: [UInt8], _ second: [UInt8]) -> Bool {
        first.count == second.count && zip(first, second).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
