import Testing

@testable import tributary

/// The demo's line, over real sockets.
@Suite struct RelayTests {
    private struct Line {
        let server: EchoServer
        let relay: Relay

        init() throws {
            server = try EchoServer()
            relay = try Relay(upstreamPort: server.port)
        }

        func stop() {
            relay.close()
            server.stop()
        }

        func connect() throws -> PlainConnection { try #require(PlainConnection(port: relay.port)) }
    }

    @Test("bytes go through both ways, many of them, and the end of the stream too")
    func carries() throws {
        let line = try Line()
        defer { line.stop() }
        let connection = try line.connect()
        let bytes = (0..<(3 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let (echoed, ending) = exchange(connection, bytes)
        #expect(ending == nil)
        #expect(echoed == bytes)
        connection.finish()
        #expect(connection.receive(1).1 == .endOfStream)
    }

    @Test("a delayed line keeps the order and passes on the end after the bytes")
    func delays() throws {
        let line = try Line()
        defer { line.stop() }
        line.relay.delay(toHub: 15, toBranch: 10)
        let connection = try line.connect()
        for number in UInt8(0)..<20 {
            if number == 10 { line.relay.delay(toHub: 0, toBranch: 0) }
            connection.send([number])
        }
        connection.finish()
        #expect(connection.receive(20).0 == Array(0..<20))
        #expect(connection.receive(1).1 == .endOfStream)
    }

    @Test("a cut resets connections there are and those that come, until it is healed")
    func cuts() throws {
        let line = try Line()
        defer { line.stop() }
        let before = try line.connect()
        before.send([1])
        #expect(before.receive(1).0 == [1])
        line.relay.cut()
        #expect(before.receive(1).1 != .late)
        for _ in 0..<3 {
            guard let refused = PlainConnection(port: line.relay.port) else { continue }
            refused.send([2])
            #expect(refused.receive(1).0.isEmpty)
        }
        #expect(line.server.bytesReceived == 1)
        line.relay.heal()
        let after = try line.connect()
        after.send([3])
        #expect(after.receive(1).0 == [3])
    }

    @Test("a lost reply has reached the hub, and not a byte of it comes back")
    func losesReplies() throws {
        let line = try Line()
        defer { line.stop() }
        line.relay.loseReplies()
        let connection = try line.connect()
        connection.send([1, 2, 3])
        let (bytes, ending) = connection.receive(1)
        #expect(bytes.isEmpty)
        #expect(ending == .reset)
        #expect(line.server.bytesReceived == 3)
        #expect(line.relay.counts.repliesLost == 1)
        line.relay.heal()
        let after = try line.connect()
        after.send([4])
        #expect(after.receive(1).0 == [4])
    }

    @Test("a hub that is not there resets the branch's connection")
    func noHub() throws {
        let line = try Line()
        line.server.stop()
        defer { line.relay.close() }
        if let connection = PlainConnection(port: line.relay.port) {
            connection.send([1])
            #expect(connection.receive(1).0.isEmpty)
        }
    }

    /// Sends on one thread while it reads on another, since neither side holds everything.
    private func exchange(_ connection: PlainConnection, _ bytes: [UInt8]) -> ([UInt8], PlainConnection.Ending?) {
        var echoed: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 64 * 1024) {
            let piece = Array(bytes[start..<min(start + 64 * 1024, bytes.count)])
            connection.send(piece)
            let (back, ending) = connection.receive(piece.count)
            echoed += back
            if ending != nil { return (echoed, ending) }
        }
        return (echoed, nil)
    }
}
