extension ConnectionMachine {
    /// Looks at the deadlines. Called every tick, whatever else happens: a client that drips bytes is always active.
    mutating func tick(at now: Instant) {
        if let writeDeadline, writeDeadline.hasPassed(at: now), !isClosed {
            emit(.report(.deadlinePassed(.write)))
            return cut(.abort)
        }
        switch phase {
        case .waiting(let since):
            let isFirst = requestsServed == 0
            guard now > since.advanced(bySeconds: isFirst ? configuration.headerSeconds : configuration.idleSeconds)
            else { return }
            emit(.report(.deadlinePassed(isFirst ? .header : .idle)))
            linger(at: now)
        case .head(let since):
            guard now > since.advanced(bySeconds: configuration.headerSeconds) else { return }
            timeOut(.header, "header block", at: now)
        case .body(let deadline):
            if deadline.hasPassed(at: now) { timeOut(.body, "body", at: now) }
        case .handling(let since):
            if now > since.advanced(bySeconds: configuration.answerSeconds) { return giveUp(at: now) }
            watchClient(at: now)
        case .streaming, .flushing:
            watchClient(at: now)
        case .lingering(let since):
            if now > since.advanced(bySeconds: configuration.lingerSeconds), pendingBytes == 0 { close() }
        case .closed:
            return
        }
    }

    private mutating func timeOut(_ deadline: ServerEvent.Deadline, _ subject: String, at now: Instant) {
        emit(.report(.deadlinePassed(deadline)))
        let error = HTTPError(
            .deadlinePassed, status: .requestTimeout, subject: subject, reason: "It took too long to arrive.",
            advice: "Send it faster or in smaller parts.", isRecoverable: true)
        refuse(error, at: now)
        advance(at: now)
    }

    private mutating func giveUp(at now: Instant) {
        emit(.report(.deadlinePassed(.answer)))
        answerAndClose(
            .problem(
                status: .serviceUnavailable, detail: "The server took too long to answer. Try again in a minute."),
            at: now)
        forgetExchange(isComplete: false)
        advance(at: now)
    }

    /// A client that closed its socket looks like one that shut down its sending side, until something is sent to it:
    /// then its system answers with a reset. An interim response is the one thing that may be sent without harm, and
    /// only to 1.1.
    private mutating func watchClient(at now: Instant) {
        if isReadingPaused || peerFinished != nil { emit(.checkPeer) }
        guard case .handling = phase, let peerFinished, !hasProbed, exchange?.head.version == .http11,
            now > peerFinished.advanced(bySeconds: configuration.halfCloseGraceSeconds)
        else { return }
        hasProbed = true
        write(ResponseEncoder.processingInterim)
    }
}
