import HTTP
import Hashing
import Replication

/// What opens the page of one ticket to its customer: the ticket's identifier and until when it is good, signed.
///
/// At the hub it is signed under a key derived from the hub key, so that links outlive a hub that was built anew; at a
/// branch under one derived from the token of its data folder.
public struct ProgressKey: Sendable {
    /// A link in a message is good for so long: 180 days.
    public static let linkMilliseconds: Int64 = 180 * 24 * 3_600_000
    /// What somebody is given who knows the number and the last digits of the telephone: 2 hours.
    public static let visitMilliseconds: Int64 = 2 * 3_600_000
    /// Bytes of the signature that are shown.
    private static let signatureBytes = 16

    private let secret: [UInt8]

    public init(_ site: Site) {
        let root = site.configuration.isHub ? site.hubKey : Array(site.apiToken.utf8)
        secret = HMACSHA256.authenticate(Array("progress of tickets".utf8), key: root)
    }

    /// - Parameter until: in milliseconds since 1970, by this machine's clock.
    public func text(_ ticket: EntityID, until: Int64) -> String {
        let seconds = until / 1_000
        return "\(ticket.text).\(seconds).\(signature(ticket, seconds))"
    }

    /// The address of the page, below that of the node. The key is in the fragment, which browsers send to nobody.
    public func link(to ticket: EntityID, at now: Int64) -> String {
        "/progress#key=" + text(ticket, until: now + Self.linkMilliseconds)
    }

    /// Whether a key that this site has signed came out of a link, and not of a visit by number.
    public static func isOfLink(_ text: String, at now: Int64) -> Bool {
        let until = text.split(separator: ".").dropFirst().first.flatMap { Int64($0) } ?? 0
        return until > (now + visitMilliseconds) / 1_000
    }

    /// - Returns: nil for what this site has not signed, or no longer stands by.
    public func ticket(_ text: String, at now: Int64) -> EntityID? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let ticket = EntityID(kind: .ticket, text: parts[0]), let seconds = Int64(parts[1]),
            constantTimeEquals(parts[2], signature(ticket, seconds)), now / 1_000 < seconds
        else { return nil }
        return ticket
    }

    private func signature(_ ticket: EntityID, _ seconds: Int64) -> String {
        let code = HMACSHA256.authenticate(Array("\(ticket.text) \(seconds)".utf8), key: secret)
        return Secrets.hex(Array(code.prefix(Self.signatureBytes)))
    }
}
