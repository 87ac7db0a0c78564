/// Writes response heads and chunks. The framing fields are the server's own; a handler that could set them could
/// desynchronise the connection.
enum ResponseEncoder {
    /// How a response's body is delimited.
    enum Framing: Sendable, Hashable {
        /// No body and no length: 204, 304.
        case none
        case length(Int)
        case chunked
        case untilClose
    }

    /// Bodies up to this size go out in one write with their head.
    static let joinedBytesMax = 64 * 1024

    static let continueInterim = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
    static let processingInterim = Array("HTTP/1.1 102 Processing\r\n\r\n".utf8)
    static let lastChunk = Array("0\r\n\r\n".utf8)

    /// The head with its empty line.
    ///
    /// - Throws: for a field name that is no token, or a value with a line break or another control character.
    static func head(
        _ status: Status, _ headers: Headers, framing: Framing, connection: String?, date: String
    ) throws(HTTPError) -> [UInt8] {
        var output = Array("HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n".utf8)
        output.reserveCapacity(256)
        for field in headers.fields {
            guard ByteRules.isToken(field.name.utf8), ByteRules.isFieldValue(field.value.utf8) else {
                throw HTTPError(
                    .invalidResponse, status: .internalServerError, subject: "response header",
                    reason: "A field has a name that is no token or a value with a control character.",
                    advice: "Encode the value, or leave the field out.")
            }
            if isReserved(field.name) { continue }
            output += line(field.name, field.value)
        }
        output += line("Date", date)
        if let connection { output += line("Connection", connection) }
        switch framing {
        case .length(let length): output += line("Content-Length", String(length))
        case .chunked: output += line("Transfer-Encoding", "chunked")
        case .none, .untilClose: break
        }
        output += [ByteRules.carriageReturn, ByteRules.lineFeed]
        return output
    }

    /// A chunk of a streamed body; never empty, which would end it.
    static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        precondition(!bytes.isEmpty, "an empty chunk ends a body")
        return Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
    }

    private static func line(_ name: String, _ value: String) -> [UInt8] {
        var line = Array(name.utf8)
        line += [ByteRules.colon, ByteRules.space]
        line += Array(value.utf8)
        line += [ByteRules.carriageReturn, ByteRules.lineFeed]
        return line
    }

    private static func isReserved(_ name: String) -> Bool {
        ["content-length", "transfer-encoding", "connection", "keep-alive", "date"].contains(name.lowercased())
    }
}
