/// Takes a body off the input by its framing, bounded.
struct BodyDecoder: Sendable {
    enum Piece: Sendable, Equatable {
        case bytes([UInt8])
        case end(trailers: Headers)
    }

    private enum State {
        case run(remaining: Int)
        case untilClose
        case chunkSize
        case chunkData(remaining: Int)
        case chunkEnd
        case trailers(FieldParser)
        case ended
    }

    /// Bytes of body accepted so far.
    private(set) var received = 0
    /// The most this body may have.
    var bytesMax: Int
    private let limits: ParserLimits
    private var state: State
    private var extensionBytes = 0

    init(_ framing: BodyFraming, bytesMax: Int, limits: ParserLimits) {
        self.bytesMax = bytesMax
        self.limits = limits
        switch framing {
        case .length(let length): state = .run(remaining: length)
        case .chunked: state = .chunkSize
        case .untilClose: state = .untilClose
        }
    }

    /// Whether the body may end where the connection ends.
    var endsWithConnection: Bool {
        if case .untilClose = state { return true }
        return false
    }

    /// The next piece, or nil when more bytes are needed.
    mutating func next(_ input: inout InputBuffer) throws(HTTPError) -> Piece? {
        while true {
            switch state {
            case .run(let remaining):
                try check(additional: remaining)
                if remaining == 0 { return end([:]) }
                guard let bytes = take(&input, remaining) else { return nil }
                state = .run(remaining: remaining - bytes.count)
                return .bytes(bytes)
            case .untilClose:
                try check(additional: input.count)
                guard let bytes = take(&input, input.count) else { return nil }
                return .bytes(bytes)
            case .chunkSize:
                guard let size = try chunkSize(&input) else { return nil }
                try check(additional: size)
                state = size == 0 ? .trailers(FieldParser(.trailer, limits: limits)) : .chunkData(remaining: size)
            case .chunkData(let remaining):
                guard let bytes = take(&input, remaining) else { return nil }
                state = bytes.count == remaining ? .chunkEnd : .chunkData(remaining: remaining - bytes.count)
                return .bytes(bytes)
            case .chunkEnd:
                guard try line(&input, bytesMax: 0, "The data of a chunk is longer than its size.") != nil else {
                    return nil
                }
                state = .chunkSize
            case .trailers(var fields):
                let isComplete = try fields.advance(&input)
                state = .trailers(fields)
                return isComplete ? end(fields.headers) : nil
            case .ended:
                preconditionFailure("a body is not read past its end")
            }
        }
    }

    private mutating func end(_ trailers: Headers) -> Piece {
        state = .ended
        return .end(trailers: trailers)
    }

    private mutating func take(_ input: inout InputBuffer, _ limit: Int) -> [UInt8]? {
        guard !input.isEmpty else { return nil }
        let bytes = input.take(upTo: limit)
        received += bytes.count
        return bytes
    }

    /// Written as a subtraction, since a declared size may be close to the largest integer.
    private func check(additional: Int) throws(HTTPError) {
        guard additional <= bytesMax - received else {
            throw HTTPError.exceeded(.contentTooLarge, "body", limit: bytesMax)
        }
    }

    private mutating func chunkSize(_ input: inout InputBuffer) throws(HTTPError) -> Int? {
        guard let line = try line(&input, bytesMax: limits.chunkLineBytesMax, "A chunk's size line is too long.")
        else { return nil }
        let digits = line.prefix { $0 != UInt8(ascii: ";") }
        extensionBytes += line.count - digits.count
        guard let size = ByteRules.hexadecimal(digits), ByteRules.isFieldValue(line[digits.endIndex...]) else {
            throw Self.malformed("A chunk's size is not a plain hexadecimal number.")
        }
        guard extensionBytes <= limits.chunkExtensionBytesMax else {
            throw Self.malformed("Its chunk extensions are too long.")
        }
        return size
    }

    private func line(
        _ input: inout InputBuffer, bytesMax: Int, _ tooLong: String
    ) throws(HTTPError) -> [UInt8]? {
        switch input.takeLine(bytesMax: bytesMax) {
        case .complete(let line): return line
        case .needsMore: return nil
        case .tooLong: throw Self.malformed(tooLong)
        case .bareLineEnd: throw Self.malformed("A line ends without CR and LF.")
        }
    }

    private static func malformed(_ reason: String) -> HTTPError {
        .malformed("chunked body", reason, "Send the size in hexadecimal digits, CR LF, the data, CR LF.")
    }
}
