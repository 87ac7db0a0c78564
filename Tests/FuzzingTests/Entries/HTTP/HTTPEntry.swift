@testable import HTTP

/// Two bytes choose what reads the rest and how it is cut.
enum HTTPEntry {
    static func run(_ bytes: [UInt8]) throws {
        var input = FuzzInput(bytes)
        let form = input.byte()
        let pattern = max(1, input.byte())
        let stream = input.remaining
        let limits = form & 4 == 0 ? ParserLimits() : narrow
        switch form & 3 {
        case 0: try checkRequests(stream, pattern, limits)
        case 1: try checkResponses(stream, pattern, limits)
        default: try ConnectionEntry.run(stream, pattern: pattern, form: form, limits: limits)
        }
    }

    /// Small enough for a fuzzer to meet them.
    private static let narrow: ParserLimits = {
        var limits = ParserLimits()
        limits.startLineBytesMax = 64
        limits.headerBytesMax = 128
        limits.headerFieldsMax = 4
        limits.bodyBytesMax = 32
        limits.chunkLineBytesMax = 16
        limits.chunkExtensionBytesMax = 24
        limits.trailerBytesMax = 64
        limits.trailerFieldsMax = 2
        return limits
    }()

    /// A message as it was read, however it was cut.
    private struct Message<Head: Equatable>: Equatable {
        let head: Head
        var body: [UInt8] = []
        var trailers: Headers?
    }

    private struct Reading<Head: Equatable>: Equatable {
        var messages: [Message<Head>] = []
        var refusal: Status?

        /// How much of a body had come before it was refused depends on the cutting, and nobody uses it.
        mutating func refuse(_ error: HTTPError) {
            refusal = error.status
            if let last = messages.indices.last, messages[last].trailers == nil { messages[last].body = [] }
        }
    }

    private static func checkRequests(_ stream: [UInt8], _ pattern: UInt8, _ limits: ParserLimits) throws {
        let whole = requests(Pieces(stream, pattern: 0), limits)
        try BrokenProperty.check(
            requests(Pieces(stream, pattern: pattern), limits) == whole, "another cutting gives other requests")
        let refusals: Set<Int> = [400, 413, 414, 431, 501, 505]
        if let refusal = whole.refusal {
            try BrokenProperty.check(refusals.contains(refusal.code), "a request is refused with \(refusal.code)")
        }
        for message in whole.messages {
            try check(message.head.headers, message.body, message.trailers, limits)
            try BrokenProperty.check(
                !message.head.target.segments.contains { $0 == ".." || $0 == "." }, "a path that climbs")
        }
    }

    private static func checkResponses(_ stream: [UInt8], _ pattern: UInt8, _ limits: ParserLimits) throws {
        let whole = responses(Pieces(stream, pattern: 0), limits)
        try BrokenProperty.check(
            responses(Pieces(stream, pattern: pattern), limits) == whole, "another cutting gives other responses")
        for message in whole.messages { try check(message.head.headers, message.body, message.trailers, limits) }
    }

    private static func check(
        _ headers: Headers, _ body: [UInt8], _ trailers: Headers?, _ limits: ParserLimits
    ) throws {
        try BrokenProperty.check(headers.fields.count <= limits.headerFieldsMax, "\(headers.fields.count) fields")
        try BrokenProperty.check(body.count <= limits.bodyBytesMax, "a body of \(body.count) bytes")
        let trailers = trailers?.fields ?? []
        try BrokenProperty.check(trailers.count <= limits.trailerFieldsMax, "\(trailers.count) trailers")
        for field in headers.fields + trailers {
            try BrokenProperty.check(
                !field.name.isEmpty && !(field.name + field.value).utf8.contains { [0, 10, 13].contains($0) },
                "a field that breaks its line")
        }
    }

    private static func requests(_ pieces: Pieces, _ limits: ParserLimits) -> Reading<RequestHead> {
        var parser = RequestParser(limits: limits)
        var reading = Reading<RequestHead>()
        for piece in pieces {
            parser.append(piece)
            do throws(HTTPError) {
                while let part = try parser.next() {
                    switch part {
                    case .head(let head): reading.messages.append(Message(head: head))
                    case .body(let bytes): reading.messages[reading.messages.count - 1].body += bytes
                    case .end(let trailers): reading.messages[reading.messages.count - 1].trailers = trailers
                    }
                }
            } catch {
                reading.refuse(error)
                break
            }
        }
        return reading
    }

    private static func responses(_ pieces: Pieces, _ limits: ParserLimits) -> Reading<ResponseHead> {
        var parser = ResponseParser(limits: limits)
        for method in [Method.head, .get, .post] { parser.expectAnswer(to: method) }
        var reading = Reading<ResponseHead>()
        func take(_ part: ResponseParser.Part) {
            switch part {
            case .head(let head): reading.messages.append(Message(head: head))
            case .body(let bytes): reading.messages[reading.messages.count - 1].body += bytes
            case .end(let trailers): reading.messages[reading.messages.count - 1].trailers = trailers
            }
        }
        do throws(HTTPError) {
            for piece in pieces {
                parser.append(piece)
                while let part = try parser.next() { take(part) }
            }
            if let last = try parser.finish() { take(last) }
        } catch {
            reading.refuse(error)
        }
        return reading
    }
}
