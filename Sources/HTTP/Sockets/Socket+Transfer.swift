import Dispatch
import Glibc

extension Socket {
    /// One read an event: sources are level-triggered, so the rest comes with the next, and busy sockets take turns.
    func readable(_ available: Int) {
        let event = state.withLock { state -> Event? in
            guard let descriptor = state.descriptor, !state.hasEnded, !state.hasFailed else { return nil }
            do throws(HTTPError) {
                guard let bytes = try Self.receive(descriptor.number, available) else { return nil }
                if !bytes.isEmpty { return .received(bytes) }
                state.hasEnded = true
                state.readWatch?.suspend()
                return .endOfStream
            } catch {
                return .failed(fail(&state, error))
            }
        }
        if let event { deliver(event) }
    }

    func writable() {
        let event = state.withLock { state -> Event? in
            guard state.descriptor != nil, !state.hasFailed else { return nil }
            if let failure = flush(&state) { return .failed(failure) }
            return .flushed(pendingBytes: state.outgoing.count)
        }
        if let event { deliver(event) }
    }

    /// Called without the lock, since the receiver calls back.
    func deliver(_ event: Event) {
        let handler = state.withLock { $0.handler }
        handler?(event)
    }

    /// Sends until nothing is left or the system takes no more.
    func flush(_ state: inout State) -> HTTPError? {
        guard let descriptor = state.descriptor else { return nil }
        while !state.outgoing.isEmpty {
            do throws(HTTPError) {
                let outcome = try state.outgoing.withFirst { bytes in
                    Result { () throws(HTTPError) in
                        try SystemCall.attempt("send") {
                            send(descriptor.number, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL))
                        }
                    }
                }.get()
                switch outcome {
                case .done(let count):
                    state.outgoing.drop(count)
                case .wouldBlock:
                    watchWriting(&state, descriptor)
                    return nil
                }
            } catch {
                return fail(&state, error)
            }
        }
        state.writeWatch?.suspend()
        finishIfFlushed(&state)
        return nil
    }

    func finishIfFlushed(_ state: inout State) {
        guard let descriptor = state.descriptor, state.wantsFinish, !state.hasFinished, state.outgoing.isEmpty,
            !state.hasFailed
        else { return }
        state.hasFinished = true
        // Failing means that the connection is gone, which reading reports.
        _ = shutdown(descriptor.number, CInt(SHUT_WR))
    }

    private func watchWriting(_ state: inout State, _ descriptor: Descriptor) {
        let watch = state.writeWatch ?? Watch(.writing, descriptor, queue: queue) { _ in self.writable() }
        state.writeWatch = watch
        watch.resume()
    }

    private func fail(_ state: inout State, _ error: HTTPError) -> HTTPError {
        state.hasFailed = true
        state.outgoing.removeAll()
        state.readWatch?.suspend()
        state.writeWatch?.suspend()
        return error
    }

    /// The bytes read, none at the end of the stream, nil when there are none now.
    private static func receive(_ descriptor: CInt, _ available: Int) throws(HTTPError) -> [UInt8]? {
        var outcome = Result<SystemCall.Outcome, HTTPError>.success(.wouldBlock)
        let capacity = min(max(available, 512), readBytesMax)
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            outcome = Result { () throws(HTTPError) in
                try SystemCall.attempt("recv") { recv(descriptor, buffer.baseAddress, capacity, 0) }
            }
            if case .success(.done(let received)) = outcome { count = received }
        }
        return try outcome.get() == .wouldBlock ? nil : bytes
    }
}
