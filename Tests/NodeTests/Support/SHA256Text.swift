import Hashing

/// Digests of texts, as they are stored in place of secrets.
enum SHA256Text {
    static func digest(_ text: String) -> [UInt8] { SHA256.hash(Array(text.utf8)) }
}
