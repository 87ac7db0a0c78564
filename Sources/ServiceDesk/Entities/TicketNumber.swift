import Replication

/// The number that people say to each other: the letters of the site that opened the ticket and eight characters of its
/// identifier.
///
/// It comes from the identifier's random bits and never from a counter, which a cloned or restored database would
/// repeat; so it is made offline and cannot be guessed. The alphabet is Crockford's base 32, without I, L, O and U.
public enum TicketNumber {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// - Parameter length: characters after the letters; more than the usual eight where eight are taken already.
    public static func number(letters: String, of entity: EntityID, length: Int = 8) -> String {
        var text = letters + "-"
        var bits = entity.low
        for index in 0..<length {
            if index == 12 { bits = entity.high }
            text.append(alphabet[Int(bits & 31)])
            bits >>= 5
        }
        return text
    }
}
