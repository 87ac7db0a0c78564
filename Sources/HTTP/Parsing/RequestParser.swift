/// Turns bytes into requests: a state machine without input or output of its own.
///
/// Feed it bytes as they come, split anywhere, and draw parts with `next` until it returns nil. After `head` the
/// caller may set the body's limit; after `end` the next request may follow in the same bytes. The first refusal is
/// final: the connection cannot be trusted any further, and `next` repeats it.
public struct RequestParser: Sendable {
    /// A piece of a request, in the order head, any number of bodies, end.
    public enum Part: Sendable, Hashable {
        case head(RequestHead)
        case body([UInt8])
        case end(trailers: Headers)
    }

    private enum State {
        case start(toleratesEmptyLine: Bool)
        case fields(StartLine, FieldParser)
        case body(BodyDecoder)
        case failed(HTTPError)
    }

    private struct StartLine {
        let method: Method
        let target: RequestTarget
        let version: Version
    }

    private let limits: ParserLimits
    private var input = InputBuffer()
    private var state = State.start(toleratesEmptyLine: true)
    /// What the head last returned declares as its body's length; nil when chunked.
    public private(set) var declaredBodyBytes: Int?

    public init(limits: ParserLimits = ParserLimits()) {
        self.limits = limits
    }

    /// Bytes held that belong to no part returned so far.
    public var bufferedBytes: Int { input.count }

    /// Whether not a byte of a next request has been seen.
    public var isBetweenRequests: Bool {
        if case .start = state { return input.isEmpty }
        return false
    }

    /// Adds received bytes.
    public mutating func append(_ bytes: [UInt8]) {
        input.append(bytes)
    }

    /// Sets the most bytes that the body after the head just returned may have. No effect outside a body.
    public mutating func limitBody(to bytesMax: Int) {
        guard case .body(var decoder) = state else { return }
        decoder.bytesMax = bytesMax
        state = .body(decoder)
    }

    /// The next part, or nil when more bytes are needed.
    ///
    /// - Throws: an error whose `status` is what the client should be answered: 400, 413, 414, 431, 501 or 505.
    public mutating func next() throws(HTTPError) -> Part? {
        do {
            return try step()
        } catch {
            state = .failed(error)
            throw error
        }
    }

    /// Appends bytes and returns every part they complete. Parts found before a refusal are returned first; the
    /// refusal is thrown by the call after.
    public mutating func feed(_ bytes: [UInt8]) throws(HTTPError) -> [Part] {
        append(bytes)
        var parts: [Part] = []
        do {
            while let part = try next() { parts.append(part) }
        } catch {
            if parts.isEmpty { throw error }
        }
        return parts
    }

    private mutating func step() throws(HTTPError) -> Part? {
        while true {
            switch state {
            case .start(let toleratesEmptyLine):
                guard let line = try startLine() else { return nil }
                if line.isEmpty, toleratesEmptyLine {
                    state = .start(toleratesEmptyLine: false)
                } else {
                    state = .fields(try Self.parse(line), FieldParser(.header, limits: limits))
                }
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
                    state = .start(toleratesEmptyLine: true)
                    return .end(trailers: trailers)
                }
            case .failed(let error):
                throw error
            }
        }
    }

    private mutating func startLine() throws(HTTPError) -> [UInt8]? {
        switch input.takeLine(bytesMax: limits.startLineBytesMax) {
        case .complete(let line): return line
        case .needsMore: return nil
        case .tooLong: throw HTTPError.exceeded(.uriTooLong, "request line", limit: limits.startLineBytesMax)
        case .bareLineEnd: throw Self.malformedLine("It ends without CR and LF.")
        }
    }

    private static func parse(_ line: [UInt8]) throws(HTTPError) -> StartLine {
        let parts = line.split(separator: ByteRules.space, omittingEmptySubsequences: false)
        guard parts.count == 3, ByteRules.isToken(parts[0]) else {
            throw malformedLine("It is not method, target and version with single spaces between.")
        }
        guard let version = Version(rawValue: String(decoding: parts[2], as: UTF8.self)) else {
            throw refusedVersion(parts[2])
        }
        let method = Method(String(decoding: parts[0], as: UTF8.self))
        return StartLine(method: method, target: try RequestTarget(parts[1], method: method), version: version)
    }

    private static func refusedVersion(_ bytes: ArraySlice<UInt8>) -> HTTPError {
        let text = Array(bytes)
        guard text.count == 8, text.starts(with: Array("HTTP/".utf8)), ByteRules.isDigit(text[5]),
            text[6] == UInt8(ascii: "."), ByteRules.isDigit(text[7])
        else { return malformedLine("Its version is not HTTP/ and two digits.") }
        return HTTPError(
            .unsupported, status: .versionNotSupported, subject: "request line",
            reason: "Only HTTP/1.0 and HTTP/1.1 are spoken here.", advice: "Use HTTP/1.1.")
    }

    private mutating func head(_ start: StartLine, _ headers: Headers) throws(HTTPError) -> RequestHead {
        try Self.checkHost(headers, version: start.version)
        let framing = try BodyFraming.declared(headers, version: start.version) ?? .length(0)
        if case .length(let length) = framing { declaredBodyBytes = length } else { declaredBodyBytes = nil }
        state = .body(BodyDecoder(framing, bytesMax: limits.bodyBytesMax, limits: limits))
        return RequestHead(method: start.method, target: start.target, version: start.version, headers: headers)
    }

    private static func checkHost(_ headers: Headers, version: Version) throws(HTTPError) {
        let hosts = headers.values("Host")
        let isPlain = hosts.allSatisfy { host in
            host.utf8.allSatisfy { ByteRules.isDigit($0) || ByteRules.isLetter($0) || "-._~:[]%".utf8.contains($0) }
        }
        guard isPlain, hosts.count == 1 || (hosts.isEmpty && version == .http10) else {
            throw HTTPError.malformed("Host", "It is missing, repeated or no host.", "Send one Host field.")
        }
    }

    private static func malformedLine(_ reason: String) -> HTTPError {
        .malformed("request line", reason, "Send, for example, GET /path HTTP/1.1 and CR LF.")
    }
}
