/// How a message says where its body ends.
enum BodyFraming: Sendable, Equatable {
    case length(Int)
    case chunked
    /// Responses only: the body ends with the connection.
    case untilClose

    /// What the headers declare, or nil when they declare nothing.
    ///
    /// - Throws: 400 for whatever two readers could understand differently: both framings, a repeated or non-digit
    ///   length, chunked not last or twice, a transfer coding in HTTP/1.0; 501 for other transfer codings.
    static func declared(_ headers: Headers, version: Version) throws(HTTPError) -> BodyFraming? {
        let lengths = headers.values("Content-Length")
        if headers.contains("Transfer-Encoding") {
            guard lengths.isEmpty, version == .http11 else {
                throw HTTPError.malformed(
                    "body framing", "Transfer-Encoding comes with Content-Length or in HTTP/1.0.",
                    "Declare the body in one way only.")
            }
            try checkCodings(headers.listTokens("Transfer-Encoding"))
            return .chunked
        }
        guard let text = lengths.first else { return nil }
        guard lengths.count == 1, let length = ByteRules.decimal(text.utf8) else {
            throw HTTPError.malformed(
                "Content-Length", "It is repeated, or not a plain decimal number.", "Send one number in digits.")
        }
        return .length(length)
    }

    private static func checkCodings(_ codings: [String]) throws(HTTPError) {
        guard codings.last == "chunked", !codings.dropLast().contains("chunked") else {
            throw HTTPError.malformed(
                "Transfer-Encoding", "chunked is not the last coding, or comes twice.", "Send chunked alone.")
        }
        guard codings.count == 1 else {
            throw HTTPError(
                .unsupported, status: .notImplemented, subject: "Transfer-Encoding",
                reason: "Only chunked is understood.", advice: "Send chunked alone.")
        }
    }
}
