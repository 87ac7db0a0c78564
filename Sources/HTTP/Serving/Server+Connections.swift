import Dispatch

extension Server {
    /// Queues take turns, so that the connections spread evenly.
    func nextQueue() -> DispatchQueue {
        let turn = state.withLock { Int($0.lastNumber % UInt64(queues.count)) }
        return queues[turn]
    }

    /// Takes up a connection, closing others for it if there are too many; refuses it with 503 if none may be closed,
    /// or drops it when even refusals have become too many.
    func take(_ socket: Socket) {
        if state.withLock({ $0.connections.count >= configuration.connectionsMax }) { makeRoom() }
        let (connection, isRefused) = state.withLock { state -> (Connection?, Bool) in
            guard case .running = state.lifecycle else { return (nil, false) }
            let isRefused = state.connections.count >= configuration.connectionsMax
            if isRefused, state.refusals.count >= configuration.refusalsMax { return (nil, true) }
            state.lastNumber += 1
            let number = state.lastNumber
            let connection = Connection(
                socket: socket, configuration: configuration, handler: handler, workers: workers, shares: shares,
                report: onEvent, onClosed: { self.forget(number) })
            if isRefused {
                state.refusals[number] = connection
            } else {
                state.connections[number] = connection
            }
            return (connection, isRefused)
        }
        if isRefused || connection != nil { onEvent(isRefused ? .connectionRefused : .connectionOpened) }
        connection?.start(refusing: isRefused ? Self.noRoom : nil)
    }

    func tick() {
        for connection in state.withLock({ $0.all }) { connection.tick() }
    }

    func cutOff() {
        let left = state.withLock { state -> [Connection] in
            guard case .stopping = state.lifecycle else { return [] }
            if !state.connections.isEmpty { state.outcome = .cutOff(connections: state.connections.count) }
            return state.all
        }
        for connection in left { connection.cutOff() }
    }

    func completeIfEmpty() {
        typealias Completion = @Sendable (ShutdownOutcome) -> Void
        let (completions, outcome) = state.withLock { state -> ([Completion], ShutdownOutcome) in
            switch state.lifecycle {
            case .ready: state.lifecycle = .stopped
            case .stopping(let ticker) where state.isEmpty:
                ticker.cancel()
                state.lifecycle = .stopped
            case .running, .stopping: return ([], state.outcome)
            case .stopped: break
            }
            defer { state.completions = [] }
            return (state.completions, state.outcome)
        }
        for completion in completions { completion(outcome) }
    }

    private func forget(_ number: UInt64) {
        let wasServed = state.withLock { state in
            state.refusals[number] = nil
            guard state.leaving.removeValue(forKey: number) != nil else {
                return state.connections.removeValue(forKey: number) != nil
            }
            pace(state)
            return true
        }
        if wasServed { onEvent(.connectionClosed) }
        queue.async { self.completeIfEmpty() }
    }

    private static var noRoom: Response {
        var response = Response.problem(
            status: .serviceUnavailable, detail: "The server has too many connections. Try again in a few seconds.")
        response.headers["Retry-After"] = "5"
        return response
    }
}
