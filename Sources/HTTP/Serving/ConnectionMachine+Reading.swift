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
        case .body(let bytes): keep(bytes, at: now)
        case .end(let trailers): endRequest(trailers, at: now)
        }
    }

    /// Keeps a piece of a body that somebody wants, if all that is kept leaves room for it.
    private mutating func keep(_ bytes: [UInt8], at now: Instant) {
        guard exchange?.refusal == nil else { return }
        guard shares.takeBody(bytes.count) else { return refuse(Self.noRoom(shares.bodyBytesMax), at: now) }
        exchange?.sharedBytes += bytes.count
        exchange?.body += bytes
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
        switch counted(admit(head)) {
        case .accept(let bodyBytesMax, let parameters, let handler, let caller):
            exchange.caller = caller
            if caller != nil { hasKnownCaller = true }
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

    /// A caller that has as many requests under way as it may is refused, unless it ends one first.
    private func counted(_ admission: Admission) -> Admission {
        guard case .accept(_, _, _, let caller?) = admission, !shares.enter(caller) else { return admission }
        var busy = Response.problem(
            status: .tooManyRequests,
            detail: "\(caller.requestsMax) requests of this caller are under way, which is the limit. Wait for one of "
                + "their answers, then send this one again.")
        busy.headers["Retry-After"] = "1"
        return .refuse(busy)
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
        var response = exchange?.refusal ?? .problem(error)
        if error.kind == .busy { response.headers["Retry-After"] = "2" }
        answerAndClose(response, at: now)
    }

    mutating func answerAndClose(_ response: Response, at now: Instant) {
        closesAfterAnswer = true
        answer(response, at: now)
    }

    private static func noRoom(_ bytesMax: Int) -> HTTPError {
        HTTPError(
            .busy, status: .serviceUnavailable, subject: "body",
            reason: "The requests under way hold \(bytesMax) bytes already, which is the limit.",
            advice: "Try again in a few seconds.", isRecoverable: true)
    }

    private static let unknownExpectation = HTTPError(
        .unsupported, status: .expectationFailed, subject: "Expect", reason: "Only 100-continue can be met.",
        advice: "Leave the field out.")
}
