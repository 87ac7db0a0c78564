/// Why a node could not start, or could not do what it was asked: what failed, on what, why, and what to do next.
public struct NodeError: Error, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        case badFolder
        case badConfiguration
        case cannotListen
        case unreachable
        case refused
        case readOnly
        /// The caller did not show the token of this node (HTTP 401).
        case unauthorised
        /// What was sent cannot be read (HTTP 400).
        case badRequest
        /// Nothing is held here under that name (HTTP 404).
        case notFound
        /// Done elsewhere, or not as things stand (HTTP 409).
        case notNow
        /// No room for it at present (HTTP 503).
        case busy
    }

    public let kind: Kind
    public let message: String
    public let remedy: String
    /// Of a call to another server: whether so little of it has left that it cannot have been heard.
    var isUnsent = false
    /// Of a call to another server: what went wrong on the way, without what that means for this site.
    var why: String?

    public init(_ kind: Kind, _ message: String, remedy: String) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
    }

    /// Whether the same may succeed later without anybody's help.
    public var isRecoverable: Bool { kind == .unreachable || kind == .busy }

    public var description: String { "\(message) \(remedy)" }
}
