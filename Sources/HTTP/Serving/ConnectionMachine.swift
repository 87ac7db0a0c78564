/// One connection's decisions, without a socket or a clock: what happened goes in with its time, what to do comes out
/// as effects.
///
/// One request is handled at a time; the next is not parsed before the answer is with the system, so that a client
/// that does not read cannot make the server hold answers.
struct ConnectionMachine: Sendable {
    enum Phase: Sendable {
        /// Between requests, since when.
        case waiting(Instant)
        /// In the midst of a head.
        case head(Instant)
        case body(RateDeadline)
        /// The handler has the request.
        case handling(Instant)
        /// A streamed answer has begun.
        case streaming
        /// The answer is complete and not yet with the system.
        case flushing
        /// Nothing more is said; what still comes is dropped for a while.
        case lingering(Instant)
        case closed
    }

    /// The request under way.
    struct Exchange: Sendable {
        let number: UInt64
        let head: RequestHead
        var parameters: [String: String] = [:]
        var handler: Handler?
        /// The answer that waits for an unwanted body to end.
        var refusal: Response?
        var body: [UInt8] = []
        /// What it holds of the bytes that all connections share, until its answer is complete.
        var sharedBytes = 0
        /// Who sent it, where the route asks; counted until the exchange ends.
        var caller: Caller?
        /// Set once a streamed body has begun.
        var streamFraming: ResponseEncoder.Framing?
    }

    let configuration: Server.Configuration
    let remoteAddress: String
    let admit: @Sendable (RequestHead) -> Admission
    let shares: Shares
    var parser: RequestParser
    var phase: Phase
    var exchange: Exchange?
    var requestsServed = 0
    var pendingBytes = 0
    var writeDeadline: RateDeadline?
    var closesAfterAnswer = false
    var isShuttingDown = false
    var isReadingPaused = false
    /// When the client shut down its sending side.
    var peerFinished: Instant?
    var hasProbed = false
    var lingeredBytes = 0
    /// Since when the connection has waited for a request to be complete: from its beginning, or its last answer.
    var waitsSince: Instant
    /// Whether a caller has ever been known here.
    var hasKnownCaller = false
    private var effects: [ConnectionEffect] = []

    init(
        configuration: Server.Configuration, remoteAddress: String, now: Instant, shares: Shares,
        admit: @escaping @Sendable (RequestHead) -> Admission
    ) {
        self.configuration = configuration
        self.remoteAddress = remoteAddress
        self.admit = admit
        self.shares = shares
        waitsSince = now
        parser = RequestParser(limits: configuration.parserLimits)
        phase = .waiting(now)
    }

    var isClosed: Bool {
        if case .closed = phase { return true }
        return false
    }

    mutating func takeEffects() -> [ConnectionEffect] {
        defer { effects = [] }
        return effects
    }

    mutating func emit(_ effect: ConnectionEffect) {
        effects.append(effect)
    }

    // What the socket reports.

    mutating func received(_ bytes: [UInt8], at now: Instant) {
        switch phase {
        case .closed:
            return
        case .lingering:
            lingeredBytes += bytes.count
            if lingeredBytes > Self.lingerBytesMax { close() }
        case .body(var deadline):
            deadline.progressed(bytes.count, at: now)
            phase = .body(deadline)
            parser.append(bytes)
            advance(at: now)
        default:
            parser.append(bytes)
            advance(at: now)
        }
    }

    mutating func clientFinished(at now: Instant) {
        peerFinished = now
        switch phase {
        case .closed: return
        case .lingering: if pendingBytes == 0 { close() }
        default: advance(at: now)
        }
    }

    mutating func connectionBroke() {
        guard !isClosed else { return }
        if exchange != nil { emit(.report(.clientVanished)) }
        cut(.close)
    }

    /// So many bytes wait in the socket.
    mutating func pending(_ bytes: Int, at now: Instant) {
        if bytes == 0 {
            writeDeadline = nil
        } else if writeDeadline == nil {
            writeDeadline = RateDeadline(
                start: now, seconds: configuration.writeSeconds, bytesPerSecondMin: configuration.bytesPerSecondMin)
        } else {
            writeDeadline?.progressed(max(0, pendingBytes - bytes), at: now)
        }
        let wasFlushed = pendingBytes > 0 && bytes == 0
        pendingBytes = bytes
        guard wasFlushed else { return }
        switch phase {
        case .flushing: advance(at: now)
        case .lingering: if peerFinished != nil { close() } else { phase = .lingering(now) }
        default: return
        }
    }

    /// Finish what is under way, take nothing new.
    mutating func shutDown(at now: Instant) {
        isShuttingDown = true
        if case .waiting = phase { advance(at: now) }
    }

    /// Stop now.
    mutating func cutOff() {
        guard !isClosed else { return }
        cut(.abort)
    }

    // Ways to end.

    static let lingerBytesMax = 8 * 1024 * 1024

    mutating func close() {
        phase = .closed
        emit(.close)
    }

    /// Ends in the midst of whatever is under way.
    mutating func cut(_ effect: ConnectionEffect) {
        if exchange?.streamFraming != nil { emit(.streamEnded(.broken)) }
        if exchange != nil { forgetExchange(isComplete: false) }
        phase = .closed
        emit(effect)
    }

    /// Ends the exchange under way: whoever counted it hears of it, and what it held is free again.
    mutating func forgetExchange(isComplete: Bool) {
        guard let exchange else { return }
        emit(.exchangeEnded(isComplete: isComplete))
        shares.giveBackBody(exchange.sharedBytes)
        if let caller = exchange.caller { shares.leave(caller) }
        self.exchange = nil
    }

    /// Half-closes and goes on reading for a while: closing with unread bytes would send a reset, which can overtake
    /// the answer and destroy it.
    mutating func linger(at now: Instant) {
        if peerFinished != nil, pendingBytes == 0 { return close() }
        phase = .lingering(now)
        setReading(true)
        emit(.finishWriting)
    }

    mutating func setReading(_ isOn: Bool) {
        guard isReadingPaused == isOn else { return }
        isReadingPaused = !isOn
        emit(isOn ? .resumeReading : .pauseReading)
    }
}
