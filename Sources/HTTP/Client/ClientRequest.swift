/// A request to send to another server.
public struct ClientRequest: Sendable, Hashable {
    public var method: Method
    /// As on the request line: `/exchange/v1/poll`.
    public var target: String
    public var headers: Headers
    public var body: [UInt8]

    public init(_ method: Method, _ target: String, headers: Headers = [:], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The bytes on the wire. One request a connection: the peer is told so.
    /// - Throws: for a target or a header that would break the message apart.
    func encoded(host: String) throws(HTTPError) -> [UInt8] {
        var text = "\(method.name) \(target) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n"
        text += "Content-Length: \(body.count)\r\n"
        var values = [target]
        for field in headers.fields {
            text += "\(field.name): \(field.value)\r\n"
            values += [field.name, field.value]
        }
        guard values.allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }), !target.contains(" ") else {
            throw HTTPError(
                .malformedMessage, status: .internalServerError, subject: "request", reason: "It has a control byte.",
                advice: "Correct what composes it.")
        }
        return Array((text + "\r\n").utf8) + body
    }
}

/// What a server answered, whole.
public struct ClientResponse: Sendable, Hashable {
    public let head: ResponseHead
    public let body: [UInt8]
}
