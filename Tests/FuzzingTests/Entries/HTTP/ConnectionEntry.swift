import Synchronization

@testable import HTTP

/// A connection's machine between a made-up socket and made-up handlers.
///
/// However its bytes are cut, the same requests are handled and answered with the same statuses; what is written is
/// HTTP that a client understands; the machine ends closed.
enum ConnectionEntry {
    static func run(_ stream: [UInt8], pattern: UInt8, form: UInt8, limits: ParserLimits) throws {
        var whole = ConnectionRun(limits, form: form)
        whole.receive(Pieces(stream, pattern: 0))
        var cut = ConnectionRun(limits, form: form)
        cut.receive(Pieces(stream, pattern: pattern))
        try BrokenProperty.check(whole.handled == cut.handled, "another cutting hands over other requests")
        let statuses = try check(whole)
        try BrokenProperty.check(try check(cut) == statuses, "another cutting is answered otherwise")
    }

    /// - Returns: the statuses that were written, interim ones left out.
    private static func check(_ run: ConnectionRun) throws -> [Int] {
        try BrokenProperty.check(run.machine.isClosed, "the connection does not come to its end")
        try BrokenProperty.check(run.isEnded, "the socket is not closed")
        try BrokenProperty.check(
            run.machine.parser.bufferedBytes <= run.readAheadMost, "\(run.machine.parser.bufferedBytes) bytes are kept")
        var parser = ResponseParser()
        for method in run.methods { parser.expectAnswer(to: method) }
        parser.append(run.written)
        var statuses: [Int] = []
        do throws(HTTPError) {
            while let part = try parser.next() {
                if case .head(let head) = part, head.status.code >= 200 { statuses.append(head.status.code) }
            }
        } catch {
            throw BrokenProperty(description: "what was written is no HTTP: \(error.reason)")
        }
        return statuses
    }
}

/// One run of the machine over pieces of a stream; time stands still until the client has finished.
struct ConnectionRun {
    struct Handled: Equatable {
        let method: Method
        let target: String
        let body: [UInt8]
        let trailers: Headers
    }

    var machine: ConnectionMachine
    private(set) var written: [UInt8] = []
    private(set) var handled: [Handled] = []
    /// Of the requests that were begun, so that what was written can be read.
    private(set) var methods: [Method] = []
    private(set) var isEnded = false
    private(set) var readAheadMost = 0
    private var now = Instant(nanoseconds: 1_000_000_000)
    private let form: UInt8
    private let box: MethodBox

    /// Methods in the order in which the machine asked whether to admit them.
    private final class MethodBox: Sendable {
        private let list = Mutex<[Method]>([])

        var methods: [Method] { list.withLock { $0 } }

        func append(_ method: Method) { list.withLock { $0.append(method) } }
    }

    init(_ limits: ParserLimits, form: UInt8) {
        var configuration = Server.Configuration()
        configuration.parserLimits = limits
        configuration.discardBytesMax = 48
        configuration.requestsPerConnectionMax = 5
        self.form = form
        let box = MethodBox()
        self.box = box
        machine = ConnectionMachine(
            configuration: configuration, remoteAddress: "127.0.0.1:1", now: now,
            shares: Shares(bodyBytesMax: configuration.bodyBytesInFlightMax),
            admit: { head in
                box.append(head.method)
                if head.method == .put { return .refuse(.problem(status: .notFound, detail: "There is nothing here.")) }
                return .accept(bodyBytesMax: limits.bodyBytesMax / 2, parameters: [:], handler: { _, _ in })
            })
    }

    mutating func receive(_ pieces: Pieces) {
        for piece in pieces where !isEnded {
            machine.received(piece, at: now)
            readAheadMost = max(readAheadMost, piece.count + machine.configuration.readAheadBytesMax)
            settle()
        }
        if !isEnded {
            machine.clientFinished(at: now)
            settle()
        }
        // A client that is only waited for goes when the time is up.
        for _ in 0..<40 where !isEnded {
            now = now.advanced(bySeconds: 10)
            machine.tick(at: now)
            settle()
        }
        methods = box.methods
    }

    private mutating func settle() {
        while true {
            let effects = machine.takeEffects()
            if effects.isEmpty { return }
            for effect in effects { apply(effect) }
            machine.pending(0, at: now)
        }
    }

    private mutating func apply(_ effect: ConnectionEffect) {
        switch effect {
        case .write(let bytes), .writeBody(let bytes, _): written += bytes
        case .handle(let request, let number, _): handle(request, number)
        case .close, .abort: isEnded = true
        case .pauseReading, .resumeReading, .streamEnded, .exchangeEnded, .checkPeer, .finishWriting, .report: break
        }
    }

    /// Answers at once: whole, or, as the form says, in a stream.
    private mutating func handle(_ request: Request, _ number: UInt64) {
        handled.append(
            Handled(
                method: request.head.method, target: "\(request.head.target)", body: request.body,
                trailers: request.trailers))
        guard form & 8 != 0 else {
            return machine.respond(
                Response(status: .ok, headers: [:], body: .bytes(request.body)), number: number, at: now)
        }
        guard machine.beginStream(.ok, [:], number: number, at: now) == .begun else { return }
        if !request.body.isEmpty { machine.writeStream(request.body, number: number) }
        machine.finishStream(number: number, at: now)
    }
}
