/// Turns bytes into responses, for tests and tools: the client's half of `RequestParser`.
///
/// A response's framing depends on the request it answers, so say with `expectAnswer(to:)`, before its bytes are
/// drawn, what was asked; GET otherwise.
public struct ResponseParser: Sendable {
    /// A piece of a response. Interim responses (1xx) are a head alone, without an end.
    public enum Part: Sendable, Hashable {
        case head(ResponseHead)
        case body([UInt8])
        case end(trailers: Headers)
    }

    private enum State {
        case start
        case fields(StatusLine, FieldParser)
        case body(BodyDecoder)
        case failed(HTTPError)
    }

    private struct StatusLine {
        let version: Version
        let status: Status
        let reason: String
    }

    private let limits: ParserLimits
    private var input = InputBuffer()
    private var state = State.start
    private var askedMethods: [Method] = []

    public init(limits: ParserLimits = ParserLimits()) {
        self.limits = limits
    }

    /// Says what the next unanswered request asked; call once a request, in the order of sending.
    public mutating func expectAnswer(to method: Method) {
        askedMethods.append(method)
    }

    /// Adds received bytes.
    public mutating func append(_ bytes: [UInt8]) {
        input.append(bytes)
    }

    /// Whether not a byte of a next response has been seen.
    public var isBetweenResponses: Bool {
        if case .start = state { return input.isEmpty }
        return false
    }

    /// The next part, or nil when more bytes are needed.
    public mutating func next() throws(HTTPError) -> Part? {
        do {
            return try step()
        } catch {
            state = .failed(error)
            throw error
        }
    }

    /// Says that the connection has ended; the end of a body that lasts until then.
    ///
    /// - Throws: when it ended in the midst of a response.
    public mutating func finish() throws(HTTPError) -> Part? {
        if isBetweenResponses { return nil }
        if case .body(let decoder) = state, decoder.endsWithConnection, input.isEmpty {
            state = .start
            return .end(trailers: [:])
        }
        if case .failed(let error) = state { throw error }
        throw HTTPError(
            .disconnected, status: .badGateway, subject: "response", reason: "The connection ended in its midst.",
            advice: "Ask again if the request may be repeated.", isRecoverable: true)
    }

    private mutating func step() throws(HTTPError) -> Part? {
        while true {
            switch state {
            case .start:
                guard let line = try statusLine() else { return nil }
                state = .fields(try Self.parse(line), FieldParser(.header, limits: limits))
            case .fields(let start, var fields):
                let isComplete = try fields.advance(&input)
                state = .fields(start, fields)
                guard isComplete else { return nil }
                return .head(try head(start, fields.headers))
            case .body(var decoder):
                let piece = try decoder.next(&input)
                state = .body(decoder)
                switch piece {
                case nil: return nil
                case .bytes(let bytes): return .body(bytes)
                case .end(let trailers):
                    state = .start
                    return .end(trailers: trailers)
                }
            case .failed(let error):
                throw error
            }
        }
    }

    private mutating func statusLine() throws(HTTPError) -> [UInt8]? {
        switch input.takeLine(bytesMax: limits.startLineBytesMax) {
        case .complete(let line): return line
        case .needsMore: return nil
        case .tooLong: throw HTTPError.exceeded(.badGateway, "status line", limit: limits.startLineBytesMax)
        case .bareLineEnd: throw Self.malformedLine("It ends without CR and LF.")
        }
    }

    private static func parse(_ line: [UInt8]) throws(HTTPError) -> StatusLine {
        let parts = line.split(separator: ByteRules.space, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, let version = Version(rawValue: String(decoding: parts[0], as: UTF8.self)),
            parts[1].count == 3, let code = ByteRules.decimal(parts[1]), (100...599).contains(code),
            ByteRules.isFieldValue(line)
        else { throw malformedLine("It is not a version and three digits.") }
        return StatusLine(
            version: version, status: Status(code), reason: parts.count > 2 ? ByteRules.text(parts[2]) : "")
    }

    private mutating func head(_ start: StatusLine, _ headers: Headers) throws(HTTPError) -> ResponseHead {
        let head = ResponseHead(
            status: start.status, reason: start.reason, version: start.version, headers: headers)
        if start.status.code < 200 {
            state = .start
            return head
        }
        let method = askedMethods.isEmpty ? .get : askedMethods.removeFirst()
        let declared = try BodyFraming.declared(headers, version: start.version) ?? .untilClose
        let framing = start.status.forbidsBody || method == .head ? .length(0) : declared
        state = .body(BodyDecoder(framing, bytesMax: limits.bodyBytesMax, limits: limits))
        return head
    }

    private static func malformedLine(_ reason: String) -> HTTPError {
        .malformed("status line", reason, "Check that the other side speaks HTTP/1.1.")
    }
}
