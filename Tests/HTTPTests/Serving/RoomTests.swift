import HTTP
import Testing

@Suite("Room for those who speak")
struct RoomTests {
    private let get = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"
    private let known = "GET /known HTTP/1.1\r\nHost: a\r\n\r\n"

    /// Room for eight; what is asked under `/known` comes from a caller, and is held under `/known/held`.
    private func server(_ held: Log<Responder> = Log(), connectionsMax: Int = 8) throws -> TestServer {
        var configuration = TestServer.patient
        configuration.connectionsMax = connectionsMax
        var router = Router()
        router.add(.get, "/x", handler: TestServer.echo)
        for (path, isHeld) in [("/known", false), ("/known/held", true)] {
            let identify: Identify = { head, _ in .caller(Caller(head.headers["Name"] ?? "a", requestsMax: 4)) }
            router.add(
                Route(.get, path, identify: identify) { request, responder in
                    if isHeld { held.add(responder) } else { TestServer.echo(request, responder) }
                })
        }
        return try TestServer(configuration, handler: router)
    }

    @Test("when all places are taken by half-open connections, the newest gets in and the oldest go")
    func oldestGo() throws {
        let test = try server()
        let flood = try (0..<8).map { _ in try test.client() }
        for client in flood.dropFirst(4) { client.send("GET /x HT") }
        #expect(eventually { test.server.connectionCount == 8 })
        var others: [LoopbackClient] = []
        for number in 1...3 {
            let honest = try test.client()
            honest.send(get)
            #expect(try honest.answer().status == 200)
            honest.close()
            #expect(flood[number - 1].isClosedByServer())
            // Whoever came before the server had noticed would take one more place away.
            #expect(eventually { test.server.connectionCount == 7 })
            others.append(try test.client())
            #expect(eventually { test.server.connectionCount == 8 })
        }
        #expect(test.events.all.count { $0 == .connectionEvicted } >= 3)
        #expect(!test.events.all.contains(.connectionRefused))
        flood[7].send("TP/1.1\r\nHost: a\r\n\r\n")
        #expect(try flood[7].answer().status == 200)
    }

    @Test("a known caller's request is not cut for a flood, and an idle connection of one goes after strangers")
    func knownStay() throws {
        let held = Log<Responder>()
        let test = try server(held)
        let waiting = try test.client()
        waiting.send("GET /known/held HTTP/1.1\r\nHost: a\r\n\r\n")
        let idle = try test.client()
        idle.send(known)
        #expect(try idle.answer().status == 200)
        #expect(eventually { held.count == 1 })
        let flood = try (0..<40).map { _ in try test.client() }
        #expect(eventually { test.events.all.count { $0 == .connectionEvicted } >= 34 })
        idle.send(known)
        #expect(try idle.answer().status == 200)
        held.all[0].send(.text("news"))
        #expect(try waiting.answer().text == "news")
        #expect(flood.count == 40)
    }

    @Test("a flood from one address is thinned before anybody of another loses a connection")
    func crowdFirst() throws {
        let test = try server()
        let quiet = try LoopbackClient(port: test.port, from: 2)
        #expect(quiet.send("GET /x HT"))
        #expect(eventually { test.server.connectionCount == 1 })
        let flood = try (0..<40).map { _ in try test.client() }
        #expect(eventually { test.events.all.count { $0 == .connectionEvicted } >= 33 })
        quiet.send("TP/1.1\r\nHost: a\r\n\r\n")
        #expect(try quiet.answer().status == 200)
        #expect(flood.count == 40)
    }

    @Test("when every place is a known caller's at work, one more is answered 503 and none is cut")
    func allAtWork() throws {
        let held = Log<Responder>()
        let test = try server(held, connectionsMax: 4)
        let clients = try (0..<4).map { _ in try test.client() }
        for client in clients { client.send("GET /known/held HTTP/1.1\r\nHost: a\r\n\r\n") }
        #expect(eventually { held.count == 4 })
        let more = try test.client()
        #expect(try more.answer().status == 503)
        for responder in held.all { responder.send(.text("done")) }
        for client in clients { #expect(try client.answer().text == "done") }
    }

    @Test("a caller with as many requests under way as it may is told 429; others are served, and it is afterwards")
    func callers() throws {
        let held = Log<Responder>()
        let test = try server(held, connectionsMax: 32)
        let first = try (0..<4).map { _ in try test.client() }
        for (number, client) in first.enumerated() {
            client.send("GET /known/held HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(eventually { held.count == number + 1 })
        }
        let fifth = try test.client()
        fifth.send(known)
        let refused = try fifth.answer()
        #expect(refused.status == 429)
        #expect(refused.head.headers["Retry-After"] != nil)
        let other = try test.client()
        other.send("GET /known HTTP/1.1\r\nHost: a\r\nName: b\r\n\r\n")
        #expect(try other.answer().status == 200)
        // One ends with its answer, one because its client goes.
        held.all[0].send(.text("done"))
        #expect(try first[0].answer().text == "done")
        fifth.send(known)
        #expect(try fifth.answer().status == 200)
        first[1].reset()
        #expect(eventually { held.all[1].isDisconnected })
        for client in [try test.client(), fifth] {
            client.send(known)
            #expect(try client.answer().status == 200)
        }
    }

    @Test("a request whose sender is refused by its head is answered before its body is read")
    func refusedByHead() throws {
        var router = Router()
        router.add(
            Route(.post, "/", identify: { _, _ in .refused(.problem(status: .unauthorized, detail: "Who are you?")) }) {
                _, responder in responder.send(.text("taken"))
            })
        let test = try TestServer(handler: router)
        let client = try test.client()
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
        #expect(try client.answer(to: .post).status == 401)
    }

    @Test("a flood faster than it can be closed leaves the server well, and afterwards every place is free")
    func fastFlood() throws {
        let test = try server(connectionsMax: 64)
        for _ in 0..<20 {
            let flood = try (0..<200).map { _ in try test.client() }
            for client in flood { client.send("GET /") }
            let honest = try test.client()
            honest.send(get)
            #expect(try honest.answer().status == 200)
        }
        #expect(eventually { test.server.connectionCount == 0 })
    }
}
