import HTTP
import Replication

/// A one-time link by which somebody chooses a password: the first administrator, or whoever was given an account.
public struct Invitation: Equatable, Sendable {
    /// 32 random bytes, as hexadecimal digits.
    public static let keyBytes = 32

    /// SHA-256 of the key.
    public let digest: [UInt8]
    /// Whose password it sets; nil for the link that makes an administrator, who chooses the name too.
    public let account: String?
    /// In milliseconds since 1970.
    public let expires: Int64
    /// See ``AccountSession/origin``.
    public let origin: OriginID

    public init(digest: [UInt8], account: String?, expires: Int64, origin: OriginID) {
        self.digest = digest
        self.account = account
        self.expires = expires
        self.origin = origin
    }

    /// The path and query of the page that the link opens.
    /// - Parameter name: whose it is, so that the page can show it.
    public static func path(_ key: String, _ name: String?) -> String {
        "/welcome?key=\(key)" + (name.map { "&name=\(PercentCoding.encode($0))" } ?? "")
    }
}
