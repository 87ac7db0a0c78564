import Dispatch
import Synchronization

/// One request to another server on a connection of its own, with one deadline for all of it.
///
/// Made for calls that are held for long: while it waits it costs nothing, and a connection that is reset is reported
/// at once.
public final class ClientCall: Sendable {
    private struct State {
        var socket: Socket?
        var parser: ResponseParser
        var head: ResponseHead?
        var body: [UInt8] = []
        /// Steady seconds of the last sign of life.
        var lastSign = 0.0
        var interimAnswers = 0
        var completion: (@Sendable (Result<ClientResponse, HTTPError>) -> Void)?
    }

    /// Interim answers (1xx) before the answer itself; a server of ours sends two at most.
    public static let interimAnswersMax = 32

    private let queue = DispatchQueue(label: "tributary.client-call")
    private let state: Mutex<State>
    /// Takes the body of a success piece by piece; nil when it is kept.
    private let onBody: (@Sendable ([UInt8]) -> Bool)?

    /// The most of a refusal's body that a streamed call keeps; the rest is dropped.
    public static let refusalBytesMax = 64 * 1024

    private init(
        bodyBytesMax: Int, method: Method, onBody: (@Sendable ([UInt8]) -> Bool)? = nil,
        completion: @escaping @Sendable (Result<ClientResponse, HTTPError>) -> Void
    ) {
        self.onBody = onBody
        var limits = ParserLimits()
        limits.bodyBytesMax = bodyBytesMax
        var parser = ResponseParser(limits: limits)
        parser.expectAnswer(to: method)
        state = Mutex(State(parser: parser, completion: completion))
    }

    /// Sends a request. `completion` is called exactly once, on a queue of the call's own.
    ///
    /// - Parameters:
    ///   - host: for the Host field; the address alone does not say it.
    ///   - bodyBytesMax: a longer answer is an error.
    ///   - connectSeconds: for connecting, if that is to take less.
    ///   - deadlineSeconds: for connecting, sending and the whole answer together.
    @discardableResult
    public static func send(
        _ request: ClientRequest, to address: SocketAddress, host: String, bodyBytesMax: Int,
        connectSeconds: Double = .infinity, deadlineSeconds: Double,
        completion: @escaping @Sendable (Result<ClientResponse, HTTPError>) -> Void
    ) -> ClientCall {
        let call = ClientCall(bodyBytesMax: bodyBytesMax, method: request.method, completion: completion)
        call.queue.async { call.begin(request, address, host, connectSeconds, deadlineSeconds) }
        return call
    }

    /// Sends a request whose answer may be of any length: the body of a success (2xx) is handed on in pieces and not
    /// kept, and is read no faster than it is taken. `completion` is called exactly once, after the last piece; its
    /// body is that of a refusal, up to ``refusalBytesMax``.
    ///
    /// - Parameters:
    ///   - idleSeconds: for connecting, and for each further sign of life.
    ///   - onBody: called on the call's own queue, never twice at once; may block. False gives the call up.
    @discardableResult
    public static func stream(
        _ request: ClientRequest, to address: SocketAddress, host: String, idleSeconds: Double,
        onBody: @escaping @Sendable ([UInt8]) -> Bool,
        completion: @escaping @Sendable (Result<ClientResponse, HTTPError>) -> Void
    ) -> ClientCall {
        let call = ClientCall(
            bodyBytesMax: Int.max, method: request.method, onBody: onBody, completion: completion)
        call.queue.async { call.begin(request, address, host, idleSeconds, idleSeconds) }
        return call
    }

    /// Gives the call up; it ends as disconnected.
    public func cancel() {
        queue.async { self.end(.failure(Self.error(.disconnected, "The call was given up."))) }
    }

    private func begin(
        _ request: ClientRequest, _ address: SocketAddress, _ host: String, _ connectSeconds: Double,
        _ deadlineSeconds: Double
    ) {
        let bytes: [UInt8]
        do {
            bytes = try request.encoded(host: host)
        } catch {
            return end(.failure(error))
        }
        watch(deadlineSeconds)
        Socket.connect(to: address, queue: queue, deadlineSeconds: min(connectSeconds, deadlineSeconds)) {
            result in
            switch result {
            case .failure(let error): self.end(.failure(error))
            case .success(let socket): self.connected(socket, bytes)
            }
        }
    }

    /// Ends the call when its time is over; a streamed one has as much again after each sign of life.
    private func watch(_ seconds: Double, left: Double? = nil) {
        queue.asyncAfter(deadline: .now() + (left ?? seconds)) { [weak self] in
            guard let self else { return }
            let idle = Self.steadySeconds() - state.withLock { $0.lastSign }
            guard onBody != nil, idle < seconds else {
                return end(.failure(Self.error(.deadlinePassed, "No whole answer came in time.")))
            }
            watch(seconds, left: seconds - idle)
        }
    }

    private static func steadySeconds() -> Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

    private func connected(_ socket: Socket, _ bytes: [UInt8]) {
        let isWanted = state.withLock { state in
            guard state.completion != nil else { return false }
            state.socket = socket
            return true
        }
        guard isWanted else { return }
        socket.start { event in self.take(event) }
        socket.write(bytes)
    }

    private func take(_ event: Socket.Event) {
        switch event {
        case .received(let bytes): received(bytes)
        case .flushed: break
        case .failed(let error): end(.failure(error))
        case .endOfStream:
            do {
                let last = try state.withLock { try $0.parser.finish() }
                if let last { take(last) }
                end(.failure(Self.error(.disconnected, "The connection ended before the answer did.")))
            } catch let error as HTTPError {
                end(.failure(error))
            } catch {
                end(.failure(Self.error(.disconnected, "The connection ended before the answer did.")))
            }
        }
    }

    private func received(_ bytes: [UInt8]) {
        state.withLock { $0.parser.append(bytes) }
        while true {
            let result = state.withLock { state -> Result<ResponseParser.Part?, HTTPError> in
                guard state.completion != nil else { return .success(nil) }
                do throws(HTTPError) { return .success(try state.parser.next()) } catch { return .failure(error) }
            }
            switch result {
            case .failure(let error): return end(.failure(error))
            case .success(nil): return
            case .success(let part?): take(part)
            }
        }
    }

    private func take(_ part: ResponseParser.Part) {
        switch part {
        case .head(let head):
            // An interim answer (1xx) is not the answer.
            let interim = state.withLock { state in
                if head.status.code >= 200 { state.head = head } else { state.interimAnswers += 1 }
                return state.interimAnswers
            }
            if interim > Self.interimAnswersMax {
                end(.failure(Self.error(.limitExceeded, "More than \(Self.interimAnswersMax) interim answers came.")))
            }
        case .body(let bytes): takeBody(bytes)
        case .end:
            let response = state.withLock { state in
                state.head.map { ClientResponse(head: $0, body: state.body) }
            }
            if let response { end(.success(response)) }
        }
    }

    private func takeBody(_ bytes: [UInt8]) {
        guard let onBody else { return state.withLock { $0.body += bytes } }
        let isSuccess = state.withLock { (200...299).contains($0.head?.status.code ?? 0) }
        if isSuccess {
            if !onBody(bytes) { end(.failure(Self.error(.disconnected, "The call was given up."))) }
        } else {
            state.withLock { $0.body += bytes.prefix(max(0, Self.refusalBytesMax - $0.body.count)) }
        }
        // After the piece was taken: a slow disk is no silence of the other side.
        state.withLock { $0.lastSign = Self.steadySeconds() }
    }

    private func end(_ result: Result<ClientResponse, HTTPError>) {
        let (completion, socket) = state.withLock { state in
            defer {
                state.completion = nil
                state.socket = nil
            }
            return (state.completion, state.socket)
        }
        socket?.close()
        completion?(
            result.mapError { error in
                var error = error
                error.isUnsent = socket == nil
                return error
            })
    }

    private static func error(_ kind: HTTPError.Kind, _ reason: String) -> HTTPError {
        HTTPError(
            kind, status: .badGateway, subject: "call", reason: reason, advice: "Try again.", isRecoverable: true)
    }
}
