extension ConnectionMachine {
    /// Takes up what has been received, as far as the phase allows.
    mutating func advance(at now: Instant) {
        while true {
            switch phase {
            case .waiting, .head, .body:
                do throws(HTTPError) {
                    guard let part = try parser.next() else { return needMore(at: now) }
                    take(part, at: now)
                } catch {
                    return refuse(error, at: now)
                }
            case .flushing:
                guard pendingBytes == 0 else { return readAhead() }
                if endExchange(at: now) { return }
            case .handling, .streaming:
                return readAhead()
            case .lingering, .closed:
                return
            }
        }
    }

    /// While an answer is pending a little is read ahead: enough to notice a client that goes away, and no more.
    private mutating func readAhead() {
        setReading(parser.bufferedBytes < configuration.readAheadBytesMax)
    }

    private mutating func needMore(at now: Instant) {
        if parser.isBetweenRequests {
            if peerFinished != nil || isShuttingDown { return close() }
        } else if peerFinished != nil {
            return refuse(
                .malformed("request", "The connection ended in its midst.", "Send the whole request."), at: now)
        } else if case .waiting(let since) = phase {
            // The first request's clock runs from the connection, so that connecting alone holds no slot.
            phase = .head(requestsServed == 0 ? since : now)
        }
        setReading(true)
    }

    private mutating func take(_ part: RequestParser.Part, at now: Instant) {
        switch part {
        case .head(let head): begin(head, at: now)
        case .body(let bytes): if exchange?.refusal == nil { exchange?.body += bytes }
        case .end(let trailers): endRequest(trailers, at: now)
        }
    }

    private mutating func begin(_ head: RequestHead, at now: Instant) {
        requestsServed += 1
        var exchange = Exchange(number: UInt64(requestsServed), head: head)
        let expectations = head.version == .http11 ? head.headers.listTokens("Expect") : []
        guard expectations.allSatisfy({ $0 == "100-continue" }) else {
            self.exchange = exchange
            return refuse(Self.unknownExpectation, at: now)
        }
        let awaitsContinue = !expectations.isEmpty && parser.declaredBodyBytes != 0
        switch admit(head) {
        case .accept(let bodyBytesMax, let parameters, let handler):
            exchange.parameters = parameters
            exchange.handler = handler
            self.exchange = exchange
            parser.limitBody(to: bodyBytesMax)
            if awaitsContinue, parser.bufferedBytes == 0, parser.declaredBodyBytes ?? 0 <= bodyBytesMax {
                write(ResponseEncoder.continueInterim)
            }
        case .refuse(let response):
            exchange.refusal = response
            self.exchange = exchange
            parser.limitBody(to: configuration.discardBytesMax)
            // Whether such a client sends the body after all cannot be known, so the connection ends.
            if awaitsContinue { return answerAndClose(response, at: now) }
        }
        phase = .body(
            RateDeadline(
                start: now, seconds: configuration.bodySeconds, bytesPerSecondMin: configuration.bytesPerSecondMin))
    }

    private mutating func endRequest(_ trailers: Headers, at now: Instant) {
        guard let exchange else { preconditionFailure("a body ends within an exchange") }
        if let refusal = exchange.refusal { return answer(refusal, at: now) }
        guard let handler = exchange.handler else { preconditionFailure("an accepted request has a handler") }
        let request = Request(
            head: exchange.head, body: exchange.body, trailers: trailers, remoteAddress: remoteAddress,
            parameters: exchange.parameters)
        self.exchange?.body = []
        phase = .handling(now)
        emit(.handle(request, number: exchange.number, handler))
    }

    /// Answers a request that cannot be understood or taken, and closes: where the next begins is not known.
    mutating func refuse(_ error: HTTPError, at now: Instant) {
        emit(.report(.requestRefused(error)))
        answerAndClose(exchange?.refusal ?? .problem(error), at: now)
    }

    mutating func answerAndClose(_ response: Response, at now: Instant) {
        closesAfterAnswer = true
        answer(response, at: now)
    }

    private static let unknownExpectation = HTTPError(
        .unsupported, status: .expectationFailed, subject: "Expect", reason: "Only 100-continue can be met.",
        advice: "Leave the field out.")
}
