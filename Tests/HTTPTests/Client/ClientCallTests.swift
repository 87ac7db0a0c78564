import Dispatch
import Glibc
import HTTP
import Testing

@Suite("Calls to other servers")
struct ClientCallTests {
    private typealias Outcome = Result<ClientResponse, HTTPError>

    private func call(
        _ request: ClientRequest, port: UInt16, bodyBytesMax: Int = 1_024, seconds: Double = 20,
        _ outcomes: Log<Outcome>
    ) throws {
        ClientCall.send(
            request, to: try SocketAddress(host: "127.0.0.1", port: port), host: "test", bodyBytesMax: bodyBytesMax,
            deadlineSeconds: seconds
        ) { outcomes.add($0) }
    }

    @Test("a request is answered whole, and the answer comes once")
    func answered() throws {
        let server = try TestServer { request, responder in
            responder.send(Response(body: .bytes(request.body.reversed())))
        }
        let outcomes = Log<Outcome>()
        try call(ClientRequest(.post, "/x", body: [1, 2, 3]), port: server.port, outcomes)
        #expect(eventually { outcomes.count == 1 })
        #expect(try outcomes.all[0].get().body == [3, 2, 1])
        #expect(try outcomes.all[0].get().head.status == .ok)
    }

    @Test("a connection that is reset as soon as it is made is an error at once, every time")
    func resetAtOnce() throws {
        let queue = DispatchQueue(label: "resetting")
        let listener = try ListeningSocket(queue: queue)
        listener.start { socket in
            socket.start { _ in }
            socket.abort()
        }
        defer { listener.close() }
        let outcomes = Log<Outcome>()
        let calls = 400
        for index in 1...calls {
            try call(ClientRequest(.get, "/"), port: listener.port, seconds: 60, outcomes)
            if index % 8 == 0 { #expect(eventually { outcomes.count == index }) }
        }
        #expect(
            outcomes.all.allSatisfy {
                if case .failure(let error) = $0 { error.kind != .deadlinePassed } else { false }
            })
    }

    @Test("an answer that does not come ends the call at its deadline, and cancelling ends it before")
    func unanswered() throws {
        let held = Log<Responder>()
        let server = try TestServer { _, responder in held.add(responder) }
        let outcomes = Log<Outcome>()
        try call(ClientRequest(.get, "/"), port: server.port, seconds: 0.2, outcomes)
        #expect(eventually { outcomes.count == 1 })
        #expect(throws: HTTPError.self) { try outcomes.all[0].get() }
        let cancelled = ClientCall.send(
            ClientRequest(.get, "/"), to: try SocketAddress(host: "127.0.0.1", port: server.port), host: "test",
            bodyBytesMax: 1, deadlineSeconds: 60
        ) { outcomes.add($0) }
        cancelled.cancel()
        #expect(eventually { outcomes.count == 2 })
    }

    @Test("a connection that does not come ends the call at its own deadline, long before that of an answer")
    func unconnected() throws {
        // Whoever has no room for another caller drops its first packet, like a line that is cut.
        let full = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(full) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = bind(full, address, length)
                _ = listen(full, 0)
                _ = getsockname(full, address, &length)
            }
            return UInt16(bigEndian: $0.pointee.sin_port)
        }
        let outcomes = Log<Outcome>()
        for _ in 0..<4 {
            ClientCall.send(
                ClientRequest(.get, "/"), to: try SocketAddress(host: "127.0.0.1", port: port), host: "test",
                bodyBytesMax: 1, connectSeconds: 0.2, deadlineSeconds: 600
            ) { outcomes.add($0) }
        }
        #expect(eventually { outcomes.count >= 2 })
        #expect(
            outcomes.all.allSatisfy {
                if case .failure(let error) = $0 { error.systemCode == ETIMEDOUT } else { false }
            })
    }

    /// Listens, and says something to whoever comes, over and over.
    private func talker(_ said: String, everyMilliseconds pause: Int) throws -> ListeningSocket {
        let queue = DispatchQueue(label: "talking")
        let listener = try ListeningSocket(queue: queue)
        @Sendable func talk(_ socket: Socket) {
            guard !socket.isBroken else { return socket.close() }
            socket.write(said.bytes)
            queue.asyncAfter(deadline: .now() + .milliseconds(pause)) { talk(socket) }
        }
        listener.start { socket in
            socket.start { _ in }
            talk(socket)
        }
        return listener
    }

    @Test("an answer that drips without end is given up at the deadline, however steadily it drips")
    func drip() throws {
        let listener = try talker("H", everyMilliseconds: 20)
        defer { listener.close() }
        let outcomes = Log<Outcome>()
        try call(ClientRequest(.get, "/"), port: listener.port, seconds: 0.5, outcomes)
        #expect(eventually { outcomes.count == 1 })
        let outcome = try #require(outcomes.all.first)
        let error = #expect(throws: HTTPError.self) { try outcome.get() }
        #expect(error?.kind == .deadlinePassed)
    }

    @Test("interim answers without end are given up after the most that are taken")
    func interim() throws {
        let listener = try talker("HTTP/1.1 102 P\r\n\r\n", everyMilliseconds: 1)
        defer { listener.close() }
        let outcomes = Log<Outcome>()
        try call(ClientRequest(.get, "/"), port: listener.port, seconds: 60, outcomes)
        #expect(eventually { outcomes.count == 1 })
        let outcome = try #require(outcomes.all.first)
        let error = #expect(throws: HTTPError.self) { try outcome.get() }
        #expect(error?.kind == .limitExceeded)
    }

    @Test("an answer above the limit and a request with a line break in a header are refused")
    func limits() throws {
        let server = try TestServer { _, responder in
            responder.send(Response(body: .bytes([UInt8](repeating: 0, count: 1_025))))
        }
        let outcomes = Log<Outcome>()
        try call(ClientRequest(.get, "/"), port: server.port, outcomes)
        #expect(eventually { outcomes.count == 1 })
        try call(ClientRequest(.get, "/", headers: ["X": "a\r\nB: c"]), port: server.port, outcomes)
        #expect(eventually { outcomes.count == 2 })
        #expect(outcomes.all.allSatisfy { if case .failure = $0 { true } else { false } })
    }

    /// A streamed call that keeps what it is given.
    private func stream(
        port: UInt16, idleSeconds: Double = 20, _ pieces: Log<[UInt8]>, _ outcomes: Log<Outcome>,
        goOn: @escaping @Sendable () -> Bool = { true }
    ) throws {
        ClientCall.stream(
            ClientRequest(.get, "/"), to: try SocketAddress(host: "127.0.0.1", port: port), host: "test",
            idleSeconds: idleSeconds,
            onBody: { piece in
                pieces.add(piece)
                return goOn()
            }, completion: { outcomes.add($0) })
    }

    @Test("a streamed answer of any length comes in pieces, and its end is told after the last")
    func streamed() throws {
        let bytes = 20 << 20
        let server = try TestServer { _, responder in
            let left = Log<Int>()
            responder.stream()?.pump {
                guard left.count < bytes >> 16 else { return nil }
                left.add(1)
                return [UInt8](repeating: UInt8(left.count % 251), count: 1 << 16)
            }
        }
        let (pieces, outcomes) = (Log<[UInt8]>(), Log<Outcome>())
        try stream(port: server.port, pieces, outcomes)
        #expect(eventually { outcomes.count == 1 })
        #expect(try outcomes.all[0].get().body.isEmpty)
        #expect(pieces.all.reduce(0) { $0 + $1.count } == bytes)
        #expect(pieces.all.last?.last == UInt8((bytes >> 16) % 251))
    }

    @Test("a streamed answer that is cut off is an error, whatever came before")
    func cutOff() throws {
        let server = try TestServer { _, responder in
            let writer = responder.stream()
            writer?.write([1, 2, 3])
            writer?.abort()
        }
        let (pieces, outcomes) = (Log<[UInt8]>(), Log<Outcome>())
        try stream(port: server.port, pieces, outcomes)
        #expect(eventually { outcomes.count == 1 })
        #expect(throws: HTTPError.self) { try outcomes.all[0].get() }
    }

    @Test("a refusal of a streamed call is kept, up to its limit, and not handed on")
    func refusedStream() throws {
        let server = try TestServer { _, responder in
            responder.send(
                Response(
                    status: .notFound, body: .bytes([UInt8](repeating: 7, count: ClientCall.refusalBytesMax + 1))))
        }
        let (pieces, outcomes) = (Log<[UInt8]>(), Log<Outcome>())
        try stream(port: server.port, pieces, outcomes)
        #expect(eventually { outcomes.count == 1 })
        #expect(try outcomes.all[0].get().body.count == ClientCall.refusalBytesMax)
        #expect(pieces.count == 0)
    }

    @Test("a streamed call lives as long as it hears something, and ends when it does not or is given up")
    func idle() throws {
        let writers = Log<BodyWriter>()
        let server = try TestServer { _, responder in
            guard let writer = responder.stream() else { return }
            writer.write([1])
            writers.add(writer)
        }
        let (pieces, outcomes) = (Log<[UInt8]>(), Log<Outcome>())
        try stream(port: server.port, idleSeconds: 0.2, pieces, outcomes)
        #expect(eventually { outcomes.count == 1 })
        let error = #expect(throws: HTTPError.self) { try outcomes.all[0].get() }
        #expect(error?.kind == .deadlinePassed)
        #expect(pieces.count == 1)
        let given = Log<[UInt8]>()
        try stream(port: server.port, given, outcomes, goOn: { false })
        #expect(eventually { outcomes.count == 2 })
        #expect(throws: HTTPError.self) { try outcomes.all[1].get() }
    }
}
