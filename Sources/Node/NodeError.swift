/// Why a node could not start, or could not do what it was asked: what failed, on what, why, and what to do next.
public struct NodeError: Error, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        case badFolder
        case badConfiguration
        case cannotListen
        case unreachable
        case refused
        case readOnly
    }

    public let kind: Kind
    public let message: String
    public let remedy: String

    public init(_ kind: Kind, _ message: String, remedy: String) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
    }

    /// Whether the same may succeed later without anybody's help.
    public var isRecoverable: Bool { kind == .unreachable }

    public var description: String { "\(message) \(remedy)" }
}
