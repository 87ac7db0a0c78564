/// A whole request, as a handler gets it.
public struct Request: Sendable, Hashable {
    /// Method, target, version and headers.
    public let head: RequestHead
    /// The body, with chunks joined; empty when there was none.
    public let body: [UInt8]
    /// The fields after a chunked body, seldom any. Never merged into the headers: they came too late to be checked.
    public let trailers: Headers
    /// The client's numeric address and port, such as `127.0.0.1:50312`.
    public let remoteAddress: String
    /// What the route's named segments matched, decoded.
    public let parameters: [String: String]

    public init(
        head: RequestHead, body: [UInt8] = [], trailers: Headers = [:], remoteAddress: String = "",
        parameters: [String: String] = [:]
    ) {
        self.head = head
        self.body = body
        self.trailers = trailers
        self.remoteAddress = remoteAddress
        self.parameters = parameters
    }

    public var method: Method { head.method }
    public var target: RequestTarget { head.target }
    public var headers: Headers { head.headers }
    /// The decoded path, for display.
    public var path: String { head.target.path }
    /// The query's items in order.
    public var query: [RequestTarget.QueryItem] { head.target.query }

    /// What a named segment of the route matched. Traps when the route has no such segment: the programmer wrote both.
    public func parameter(_ name: String) -> String {
        guard let value = parameters[name] else {
            preconditionFailure("the route has no segment named \(name)")
        }
        return value
    }
}
