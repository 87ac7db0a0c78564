import Replication

/// The number that people say to each other: the letters of the site that opened the ticket and eight characters of its
/// identifier.
///
/// It comes from the identifier's random bits and never from a counter, which a cloned or restored database would
/// repeat; so it is made offline and cannot be guessed.
public enum TicketNumber {
    /// - Parameter length: characters after the letters; more than the usual eight where eight are taken already.
    public static func number(letters: String, of entity: EntityID, length: Int = 8) -> String {
        letters + "-" + entity.spelling(length)
    }
}
