import Dispatch
import Synchronization

/// Carries out what one connection's machine decides. Everything happens on the socket's queue, in order; the lock
/// only proves to the compiler what the queue already ensures.
final class Connection: Sendable {
    private struct Live {
        var disconnection: Disconnection?
        var flow: StreamFlow?
    }

    let socket: Socket
    /// The other side's address without its port.
    var host: String { socket.remoteAddress.host }
    private let machine: Mutex<ConnectionMachine>
    private let live = Mutex(Live())
    private let workers: WorkerQueue
    private let configuration: Server.Configuration
    private let report: @Sendable (ServerEvent) -> Void
    private let onClosed: @Sendable () -> Void

    init(
        socket: Socket, configuration: Server.Configuration, handler: any RequestHandler, workers: WorkerQueue,
        shares: Shares, report: @escaping @Sendable (ServerEvent) -> Void, onClosed: @escaping @Sendable () -> Void
    ) {
        self.socket = socket
        self.configuration = configuration
        self.workers = workers
        self.report = report
        self.onClosed = onClosed
        let address = socket.remoteAddress.description
        machine = Mutex(
            ConnectionMachine(
                configuration: configuration, remoteAddress: address, now: .now(), shares: shares,
                admit: { handler.admit($0, from: address) }))
    }

    /// Begins to serve, or, when there is no room, answers that and closes.
    func start(refusing refusal: Response? = nil) {
        socket.queue.async { [self] in
            socket.start { event in self.handle(event) }
            if let refusal { step { $0.answerAndClose(refusal, at: $1) } }
        }
    }

    func tick() {
        socket.queue.async { self.step { $0.tick(at: $1) } }
    }

    func shutDown() {
        socket.queue.async { self.step { $0.shutDown(at: $1) } }
    }

    func cutOff() {
        socket.queue.async { self.step { machine, _ in machine.cutOff() } }
    }

    /// How well it stands when some have to go; nil while it may not be closed for others.
    var standing: ConnectionMachine.Standing? {
        machine.withLock { $0.standing }
    }

    /// Closes it if it may still be closed for others. Decided at once, on any thread; carried out on its queue.
    ///
    /// - Returns: whether it closes.
    func makeRoom() -> Bool {
        guard machine.withLock({ $0.makeRoom() }) else { return false }
        socket.queue.async { self.step { _, _ in } }
        return true
    }

    private func handle(_ event: Socket.Event) {
        switch event {
        case .received(let bytes): step { $0.received(bytes, at: $1) }
        case .endOfStream: step { $0.clientFinished(at: $1) }
        case .flushed: socketFlushed()
        case .failed: step { machine, _ in machine.connectionBroke() }
        }
    }

    private func socketFlushed() {
        let bytes = socket.pendingBytes
        live.withLock { $0.flow }?.waiting(bytes, workers.perform)
        step { $0.pending(bytes, at: $1) }
    }

    /// Lets the machine decide and carries its effects out, again for what those bring about.
    private func step(_ decide: (inout ConnectionMachine, Instant) -> Void) {
        dispatchPrecondition(condition: .onQueue(socket.queue))
        var effects = machine.withLock { machine in
            decide(&machine, .now())
            return machine.takeEffects()
        }
        while !effects.isEmpty {
            var isBroken = false
            for effect in effects { isBroken = perform(effect) || isBroken }
            let (bytes, broken) = (socket.pendingBytes, isBroken)
            live.withLock { $0.flow }?.waiting(bytes, workers.perform)
            effects = machine.withLock { machine in
                if broken { machine.connectionBroke() }
                machine.pending(bytes, at: .now())
                return machine.takeEffects()
            }
        }
    }

    /// - Returns: whether the client turned out to be gone.
    private func perform(_ effect: ConnectionEffect) -> Bool {
        switch effect {
        case .pauseReading: socket.pauseReading()
        case .resumeReading: socket.resumeReading()
        case .write(let bytes): socket.write(bytes)
        case .writeBody(let bytes, let payloadBytes):
            socket.write(bytes)
            live.withLock { $0.flow }?.submitted(payloadBytes)
        case .handle(let request, let number, let handler): handle(request, number, handler)
        case .streamEnded(let ending): takeFlow()?.end(ending, workers.perform)
        case .exchangeEnded(let isComplete): endExchange(isComplete)
        case .checkPeer: return socket.isBroken
        case .finishWriting: socket.finishWriting()
        case .close:
            socket.close()
            onClosed()
        case .abort:
            socket.abort()
            onClosed()
        case .report(let event): report(event)
        }
        return false
    }

    private func handle(_ request: Request, _ number: UInt64, _ handler: @escaping Handler) {
        let disconnection = Disconnection()
        live.withLock { $0.disconnection = disconnection }
        let (high, most) = (configuration.streamPendingBytesHigh, configuration.streamPendingBytesMax)
        let responder = Responder(
            sink: ExchangeSink(connection: self, number: number), disconnection: disconnection,
            makeFlow: { StreamFlow(pendingBytesHigh: high, pendingBytesMax: most) })
        if !workers.submit({ handler(request, responder) }) {
            var busy = Response.problem(
                status: .serviceUnavailable, detail: "Too many requests are waiting here. Try again in a few seconds.")
            busy.headers["Retry-After"] = "2"
            responder.send(busy)
        }
    }

    private func takeFlow() -> StreamFlow? {
        live.withLock { live in
            defer { live.flow = nil }
            return live.flow
        }
    }

    private func endExchange(_ isComplete: Bool) {
        let ended = live.withLock { live in
            defer { live.disconnection = nil }
            return live.disconnection
        }
        if isComplete { ended?.settle() } else { ended?.fire(workers.perform) }
    }

    // What the handler's side asks for, from any thread.

    func respond(_ response: Response, number: UInt64) {
        socket.queue.async { self.step { $0.respond(response, number: number, at: $1) } }
    }

    func beginStream(_ status: Status, _ headers: Headers, _ flow: StreamFlow, number: UInt64) {
        socket.queue.async { [self] in
            var start = ConnectionMachine.StreamStart.refused
            step { start = $0.beginStream(status, headers, number: number, at: $1) }
            switch start {
            case .begun: live.withLock { $0.flow = flow }
            case .headOnly: flow.end(.complete, workers.perform)
            case .refused: flow.end(.broken, workers.perform)
            }
        }
    }

    func writeStream(_ bytes: [UInt8], number: UInt64) {
        socket.queue.async { self.step { machine, _ in machine.writeStream(bytes, number: number) } }
    }

    func finishStream(number: UInt64) {
        socket.queue.async { self.step { $0.finishStream(number: number, at: $1) } }
    }

    func abortStream(number: UInt64) {
        socket.queue.async { self.step { machine, _ in machine.abortStream(number: number) } }
    }

    func perform(_ work: @escaping @Sendable () -> Void) {
        workers.perform(work)
    }
}
