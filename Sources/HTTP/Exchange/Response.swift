/// What a handler answers.
public struct Response: Sendable {
    /// The body of a response.
    public enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// A body written piece by piece; the closure is called once the head has been sent.
        case stream(@Sendable (BodyWriter) -> Void)
    }

    public var status: Status
    /// Fields to send. Framing and connection fields are the server's: `Content-Length`, `Transfer-Encoding` and
    /// `Date` are replaced, and of `Connection` only `close` is heeded.
    public var headers: Headers
    public var body: Body

    public init(status: Status = .ok, headers: Headers = [:], body: Body = .none) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A response with UTF-8 text.
    public static func text(
        _ text: String, status: Status = .ok, contentType: String = "text/plain; charset=utf-8"
    ) -> Response {
        Response(status: status, headers: ["Content-Type": contentType], body: .bytes(Array(text.utf8)))
    }

    /// A response with JSON already written as bytes.
    public static func json(_ bytes: [UInt8], status: Status = .ok) -> Response {
        Response(status: status, headers: ["Content-Type": "application/json"], body: .bytes(bytes))
    }
}
