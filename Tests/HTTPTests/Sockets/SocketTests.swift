import Dispatch
import HTTP
import Synchronization
import Testing

@Suite("Sockets")
struct SocketTests {
    /// What one end of a pair saw.
    private final class End: Sendable {
        let socket: Socket
        let received = Mutex<[UInt8]>([])
        let ended = Box<Bool>()
        let failure = Box<HTTPError>()
        let flushed = Log<Int>()

        init(_ socket: Socket) {
            self.socket = socket
            socket.queue.async { [self] in
                socket.start { event in
                    switch event {
                    case .received(let bytes): self.received.withLock { $0 += bytes }
                    case .endOfStream: self.ended.set(true)
                    case .flushed(let pending): self.flushed.add(pending)
                    case .failed(let error): self.failure.set(error)
                    }
                }
            }
        }

        var bytes: [UInt8] { received.withLock { $0 } }

        func perform(_ work: @escaping @Sendable (Socket) -> Void) {
            socket.queue.async { work(self.socket) }
        }

        func wait<Value: Sendable>(_ work: @escaping @Sendable (Socket) -> Value) -> Value {
            socket.queue.sync { work(socket) }
        }
    }

    private struct Pair {
        let listener: ListeningSocket
        let near: End
        let far: End

        init() throws {
            let accepted = Box<Socket>()
            let connected = Box<Result<Socket, HTTPError>>()
            listener = try ListeningSocket(queue: DispatchQueue(label: "listener"))
            let queue = DispatchQueue(label: "far")
            listener.start(chooseQueue: { queue }, onConnection: { accepted.set($0) })
            Socket.connect(to: listener.address, queue: DispatchQueue(label: "near")) { connected.set($0) }
            near = End(try #require(connected.wait()).get())
            far = End(try #require(accepted.wait()))
        }

        func close() {
            listener.close()
            near.perform { $0.close() }
            far.perform { $0.close() }
        }
    }

    @Test("bytes go both ways, and a half-close ends one way only")
    func bothWays() throws {
        let pair = try Pair()
        defer { pair.close() }
        pair.near.perform { $0.write("ping".bytes) }
        #expect(eventually { pair.far.bytes == "ping".bytes })
        pair.near.perform { $0.finishWriting() }
        #expect(pair.far.ended.wait() == true)
        pair.far.perform { $0.write("pong".bytes) }
        #expect(eventually { pair.near.bytes == "pong".bytes })
        #expect(pair.near.ended.value == nil)
        #expect(!pair.far.wait { $0.isBroken })
        pair.far.perform { $0.finishWriting() }
        #expect(pair.near.ended.wait() == true)
        #expect(!pair.near.wait { $0.isBroken })
    }

    @Test("a reader that pauses holds the writer up, and gets everything when it resumes")
    func backPressure() throws {
        let pair = try Pair()
        defer { pair.close() }
        pair.far.wait { $0.pauseReading() }
        let body = patternedBytes(20_000_000)
        let pending = pair.near.wait { $0.write(body) }
        #expect(pending > 0)
        #expect(pair.near.wait { $0.write([1, 2, 3]) } >= 3)
        pair.near.perform { $0.finishWriting() }
        pair.far.perform { $0.resumeReading() }
        #expect(pair.far.ended.wait() == true)
        #expect(pair.far.bytes == body + [1, 2, 3])
        #expect(pair.near.flushed.all.last == 0)
    }

    @Test("an abort is seen as a failure, a close as an end")
    func endings() throws {
        let aborted = try Pair()
        defer { aborted.close() }
        aborted.near.perform { $0.abort() }
        #expect(aborted.far.failure.wait()?.kind == .disconnected)
        #expect(aborted.far.wait { $0.isBroken })
        let closed = try Pair()
        defer { closed.close() }
        closed.near.perform { $0.close() }
        #expect(closed.far.ended.wait() == true)
        #expect(closed.far.failure.value == nil)
    }

    @Test("a closed socket drops what is written and is broken")
    func afterClose() throws {
        let pair = try Pair()
        defer { pair.close() }
        #expect(
            pair.near.wait { socket in
                socket.close()
                socket.close()
                return socket.write([1]) == 0 && socket.isBroken
            })
        #expect(pair.far.ended.wait() == true)
        #expect(pair.far.bytes.isEmpty)
    }

    @Test("connecting where nobody listens is refused with a recoverable error")
    func refused() throws {
        let listener = try ListeningSocket(queue: DispatchQueue(label: "listener"))
        let address = listener.address
        listener.close()
        let failure = Box<HTTPError>()
        // The system forgets the listener a moment after it was closed.
        let isRefused = eventually {
            let result = Box<Result<Socket, HTTPError>>()
            Socket.connect(to: address, queue: DispatchQueue(label: "near")) { result.set($0) }
            if case .failure(let error)? = result.wait() { failure.set(error) }
            return failure.value != nil
        }
        #expect(isRefused)
        let error = try #require(failure.value)
        #expect(error.isRecoverable)
        #expect(error.subject == "connect")
    }

    @Test("a paused listener accepts nothing until it resumes")
    func pausedListener() throws {
        let accepted = Log<Int>()
        let queue = DispatchQueue(label: "listener")
        let listener = try ListeningSocket(queue: queue)
        defer { listener.close() }
        listener.pause()
        listener.start { _ in accepted.add(1) }
        let client = try LoopbackClient(port: listener.port)
        client.send("x")
        queue.sync {}
        #expect(accepted.count == 0)
        listener.resume()
        #expect(eventually { accepted.count == 1 })
        #expect(client.isClosedByServer())
    }

    @Test("addresses are numeric; names but localhost are refused")
    func addresses() throws {
        #expect(try SocketAddress(host: "127.0.0.1", port: 80).description == "127.0.0.1:80")
        #expect(try SocketAddress(host: "::1", port: 80).description == "[::1]:80")
        #expect(try SocketAddress(host: "localhost", port: 1).host == "127.0.0.1")
        for host in ["example.org", "", "127.0.0.256", "127.0.0.1:80"] {
            #expect(throws: HTTPError.self) { try SocketAddress(host: host, port: 1) }
        }
    }
}
