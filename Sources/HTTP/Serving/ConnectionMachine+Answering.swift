extension ConnectionMachine {
    /// The handler's answer. One that comes after the exchange has ended is dropped.
    mutating func respond(_ response: Response, number: UInt64, at now: Instant) {
        guard isHandling(number) else { return }
        answer(response, at: now)
        advance(at: now)
    }

    /// What became of a streamed answer's beginning.
    enum StreamStart: Equatable {
        case begun
        /// The head is the whole answer: to HEAD, or with a status that forbids a body.
        case headOnly
        /// The exchange has ended, or the head cannot be sent.
        case refused
    }

    /// The handler begins a streamed answer.
    mutating func beginStream(_ status: Status, _ headers: Headers, number: UInt64, at now: Instant) -> StreamStart {
        guard isHandling(number), let exchange else { return .refused }
        if headers.listTokens("Connection").contains("close") { closesAfterAnswer = true }
        let framing: ResponseEncoder.Framing =
            status.forbidsBody ? .none : exchange.head.version == .http11 ? .chunked : .untilClose
        if framing == .untilClose { closesAfterAnswer = true }
        let isHeadOnly = status.forbidsBody || exchange.head.method == .head
        do throws(HTTPError) {
            let head = try encodeHead(status, headers, framing)
            emit(.report(.answered(status)))
            write(head)
            if isHeadOnly {
                phase = .flushing
            } else {
                self.exchange?.streamFraming = framing
                phase = .streaming
            }
            return isHeadOnly ? .headOnly : .begun
        } catch {
            answerInvalid(error)
            advance(at: now)
            return .refused
        }
    }

    mutating func writeStream(_ bytes: [UInt8], number: UInt64) {
        guard case .streaming = phase, let exchange, exchange.number == number else { return }
        let piece = exchange.streamFraming == .chunked ? ResponseEncoder.chunk(bytes) : bytes
        pendingBytes += piece.count
        emit(.writeBody(piece, payloadBytes: bytes.count))
    }

    mutating func finishStream(number: UInt64, at now: Instant) {
        guard case .streaming = phase, let exchange, exchange.number == number else { return }
        if exchange.streamFraming == .chunked { write(ResponseEncoder.lastChunk) }
        phase = .flushing
        advance(at: now)
    }

    mutating func abortStream(number: UInt64) {
        guard case .streaming = phase, exchange?.number == number else { return }
        cut(.abort)
    }

    /// Writes a whole answer to the request under way, or to one that was never understood.
    mutating func answer(_ response: Response, at now: Instant) {
        if response.headers.listTokens("Connection").contains("close") { closesAfterAnswer = true }
        var body: [UInt8] = []
        switch response.body {
        case .none: break
        case .bytes(let bytes): body = bytes
        case .stream: preconditionFailure("a streamed body comes through the responder")
        }
        do throws(HTTPError) {
            let head = try encodeHead(
                response.status, response.headers, response.status.forbidsBody ? .none : .length(body.count))
            emit(.report(.answered(response.status)))
            if response.status.forbidsBody || exchange?.head.method == .head { body = [] }
            writeTogether(head, body)
            phase = .flushing
        } catch {
            answerInvalid(error)
        }
    }

    /// Ends the exchange whose answer is with the system.
    ///
    /// - Returns: whether the connection ends with it.
    mutating func endExchange(at now: Instant) -> Bool {
        if exchange?.streamFraming != nil { emit(.streamEnded(.complete)) }
        forgetExchange(isComplete: true)
        waitsSince = now
        if closesAfterAnswer {
            linger(at: now)
            return true
        }
        hasProbed = false
        phase = .waiting(now)
        return false
    }

    mutating func write(_ bytes: [UInt8]) {
        // Counted at once, so that nothing is thought flushed before the socket has said so.
        pendingBytes += bytes.count
        emit(.write(bytes))
    }

    private mutating func writeTogether(_ head: [UInt8], _ body: [UInt8]) {
        if body.count <= ResponseEncoder.joinedBytesMax {
            write(head + body)
        } else {
            write(head)
            write(body)
        }
    }

    private mutating func encodeHead(
        _ status: Status, _ headers: Headers, _ framing: ResponseEncoder.Framing
    ) throws(HTTPError) -> [UInt8] {
        decideClosing()
        var connection: String?
        if closesAfterAnswer {
            connection = "close"
        } else if exchange?.head.version == .http10 {
            connection = "keep-alive"
        }
        return try ResponseEncoder.head(
            status, headers, framing: framing, connection: connection, date: DateField.now())
    }

    /// A client that finished sending is still answered what it sent before, which may be several requests.
    private mutating func decideClosing() {
        let isLast = requestsServed >= configuration.requestsPerConnectionMax
        let keepsAlive = exchange?.head.keepsAlive ?? false
        let nothingFollows = peerFinished != nil && parser.isBetweenRequests
        if isLast || isShuttingDown || !keepsAlive || nothingFollows { closesAfterAnswer = true }
    }

    /// A handler's response that cannot be sent: the client gets a 500 that tells it nothing of the reason.
    private mutating func answerInvalid(_ error: HTTPError) {
        emit(.report(.invalidResponse(error)))
        emit(.report(.answered(.internalServerError)))
        let response = Response.problem(
            status: .internalServerError,
            detail: "The server composed an answer that cannot be sent. Report it to the operator.")
        guard case .bytes(let body) = response.body,
            let head = try? encodeHead(response.status, response.headers, .length(body.count))
        else { preconditionFailure("a problem without extra members can always be sent") }
        writeTogether(head, exchange?.head.method == .head ? [] : body)
        phase = .flushing
    }

    private func isHandling(_ number: UInt64) -> Bool {
        if case .handling = phase { return exchange?.number == number }
        return false
    }
}
