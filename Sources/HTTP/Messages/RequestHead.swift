/// A request without its body: what a server knows when it decides whether to read the body at all.
public struct RequestHead: Sendable, Hashable {
    public let method: Method
    public let target: RequestTarget
    public let version: Version
    public let headers: Headers

    public init(method: Method, target: RequestTarget, version: Version = .http11, headers: Headers = [:]) {
        self.method = method
        self.target = target
        self.version = version
        self.headers = headers
    }

    /// Whether the sender is willing to send another request on this connection. 1.1 is unless it says `close`,
    /// 1.0 only if it says `keep-alive`.
    public var keepsAlive: Bool {
        let tokens = headers.listTokens("Connection")
        if tokens.contains("close") { return false }
        return version == .http11 || tokens.contains("keep-alive")
    }
}
