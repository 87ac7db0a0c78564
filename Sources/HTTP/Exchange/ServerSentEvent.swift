/// One event of a `text/event-stream`.
public struct ServerSentEvent: Sendable, Hashable {
    /// What happened; the browser dispatches by it. `message` when nil.
    public var event: String?
    /// Where the stream stands; the browser sends it back as `Last-Event-ID` when it reconnects.
    public var id: String?
    /// The payload; line breaks of every kind come out as LF.
    public var data: String
    /// How long the browser is to wait before it reconnects.
    public var retryMilliseconds: Int?

    public init(event: String? = nil, id: String? = nil, data: String, retryMilliseconds: Int? = nil) {
        self.event = event
        self.id = id
        self.data = data
        self.retryMilliseconds = retryMilliseconds
    }

    /// The event's lines. Line breaks and zero bytes in `event` and `id` become spaces: they would forge fields.
    public var bytes: [UInt8] {
        var output: [UInt8] = []
        if let event { output += Self.line("event", Self.oneLine(event)) }
        if let id { output += Self.line("id", Self.oneLine(id)) }
        if let retryMilliseconds { output += Self.line("retry", Array(String(retryMilliseconds).utf8)) }
        for part in Self.lines(data) { output += Self.line("data", part) }
        output.append(ByteRules.lineFeed)
        return output
    }

    /// A line that clients skip; it keeps proxies from closing the stream and reveals a client that has gone.
    static func comment(_ text: String) -> [UInt8] {
        Array(": ".utf8) + oneLine(text) + [ByteRules.lineFeed, ByteRules.lineFeed]
    }

    private static func line(_ name: String, _ value: [UInt8]) -> [UInt8] {
        Array("\(name): ".utf8) + value + [ByteRules.lineFeed]
    }

    private static func oneLine(_ text: String) -> [UInt8] {
        text.utf8.map { $0 == ByteRules.lineFeed || $0 == ByteRules.carriageReturn || $0 == 0 ? ByteRules.space : $0 }
    }

    /// Split over bytes: as characters, CR LF would be one and a lone CR no line break.
    private static func lines(_ text: String) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case ByteRules.carriageReturn: lines.append([])
            case ByteRules.lineFeed: if previous != ByteRules.carriageReturn { lines.append([]) }
            default: lines[lines.count - 1].append(byte)
            }
            previous = byte
        }
        return lines
    }
}
