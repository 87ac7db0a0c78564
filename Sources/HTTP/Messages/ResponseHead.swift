/// A response without its body, as a client reads it.
public struct ResponseHead: Sendable, Hashable {
    public let status: Status
    public let reason: String
    public let version: Version
    public let headers: Headers

    public init(status: Status, reason: String, version: Version, headers: Headers) {
        self.status = status
        self.reason = reason
        self.version = version
        self.headers = headers
    }
}
