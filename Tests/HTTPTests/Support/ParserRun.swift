import HTTP

/// What a parser made of some bytes, however they were split: bodies joined, the refusal last.
struct ParserRun: Equatable {
    struct Message: Equatable {
        var head: RequestHead
        var body: [UInt8] = []
        var trailers: Headers?
    }

    var messages: [Message] = []
    var refusal: Status?

    /// Feeds the pieces one after the other.
    init(_ pieces: [[UInt8]], limits: ParserLimits = ParserLimits()) {
        var parser = RequestParser(limits: limits)
        for piece in pieces {
            parser.append(piece)
            do throws(HTTPError) {
                while let part = try parser.next() { take(part) }
            } catch {
                refusal = error.status
                return
            }
        }
    }

    init(_ text: String, limits: ParserLimits = ParserLimits()) {
        self.init([Array(text.utf8)], limits: limits)
    }

    /// Whether the last message is whole.
    var isComplete: Bool {
        refusal == nil && !messages.isEmpty && messages.allSatisfy { $0.trailers != nil }
    }

    private mutating func take(_ part: RequestParser.Part) {
        switch part {
        case .head(let head): messages.append(Message(head: head))
        case .body(let bytes): messages[messages.count - 1].body += bytes
        case .end(let trailers): messages[messages.count - 1].trailers = trailers
        }
    }

    /// Every way to split the bytes in two, and one byte at a time.
    static func splits(of bytes: [UInt8]) -> [[[UInt8]]] {
        let halves = (0...bytes.count).map { [Array(bytes[..<$0]), Array(bytes[$0...])] }
        return halves + [bytes.map { [$0] }]
    }
}

extension String {
    var bytes: [UInt8] { Array(utf8) }
}

/// Bytes with a period that divides no buffer size, so that a piece lost or repeated shows.
func patternedBytes(_ count: Int) -> [UInt8] {
    var bytes = (0..<251).map { UInt8($0) }
    while bytes.count < count { bytes += bytes }
    return Array(bytes.prefix(count))
}
