@testable import HTTP

/// A connection's machine with a made-up socket and clock: what it wrote, asked for and reported.
struct MachineRun {
    var machine: ConnectionMachine
    var now = Instant(nanoseconds: 1_000_000_000)
    /// Whether the made-up network takes bytes at once.
    var takesBytes = true
    var waitingBytes = 0
    var peerIsGone = false
    var written: [UInt8] = []
    var handled: [(request: Request, number: UInt64)] = []
    var ends: [String] = []
    var events: [ServerEvent] = []
    var isPaused = false

    init(
        _ configuration: Server.Configuration = Server.Configuration(), admission: Admission? = nil,
        shares: Shares? = nil
    ) {
        let plain = Admission.accept(bodyBytesMax: 1000, parameters: [:], handler: { _, _ in })
        machine = ConnectionMachine(
            configuration: configuration, remoteAddress: "127.0.0.1:1", now: now,
            shares: shares ?? Shares(bodyBytesMax: configuration.bodyBytesInFlightMax),
            admit: { _ in admission ?? plain })
    }

    var text: String { String(decoding: written, as: UTF8.self) }
    /// The codes of the responses written, interim ones too.
    var statuses: [String] {
        text.split(separator: "HTTP/1.1 ").map { String($0.prefix(3)) }.filter { Int($0) != nil }
    }

    mutating func receive(_ text: String) {
        machine.received(text.bytes, at: now)
        settle()
    }

    mutating func respond(_ response: Response, number: UInt64) {
        machine.respond(response, number: number, at: now)
        settle()
    }

    /// Begins a stream as the answer to the request of that number.
    mutating func beginStream(number: UInt64 = 1, headers: Headers = [:]) -> ConnectionMachine.StreamStart {
        let start = machine.beginStream(.ok, headers, number: number, at: now)
        settle()
        return start
    }

    mutating func finishSending() {
        machine.clientFinished(at: now)
        settle()
    }

    /// Lets time pass in steps of a tenth of a second.
    mutating func pass(seconds: Double) {
        for _ in 0..<Int((seconds * 10).rounded()) {
            now = now.advanced(bySeconds: 0.1)
            machine.tick(at: now)
            settle()
        }
    }

    /// The network takes so many of the bytes that wait.
    mutating func take(_ bytes: Int) {
        waitingBytes = max(0, waitingBytes - bytes)
        machine.pending(waitingBytes, at: now)
        settle()
    }

    mutating func settle() {
        var effects = machine.takeEffects()
        while !effects.isEmpty {
            for effect in effects { apply(effect) }
            machine.pending(waitingBytes, at: now)
            effects = machine.takeEffects()
        }
    }

    private mutating func apply(_ effect: ConnectionEffect) {
        switch effect {
        case .pauseReading: isPaused = true
        case .resumeReading: isPaused = false
        case .write(let bytes), .writeBody(let bytes, _):
            written += bytes
            if !takesBytes { waitingBytes += bytes.count }
        case .handle(let request, let number, _): handled.append((request, number))
        case .streamEnded(let ending): ends.append("stream \(ending)")
        case .exchangeEnded(let isComplete): ends.append(isComplete ? "complete" : "incomplete")
        case .checkPeer: if peerIsGone { machine.connectionBroke() }
        case .finishWriting: ends.append("finished writing")
        case .close: ends.append("closed")
        case .abort: ends.append("aborted")
        case .report(let event): events.append(event)
        }
    }
}
