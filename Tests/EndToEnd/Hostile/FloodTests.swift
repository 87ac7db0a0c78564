import Foundation
import Replication
import Standards
import Synchronization
import Testing

extension RealProcesses {
    @Suite("Strangers who attack a hub")
    struct FloodTests {
        private static let get = "GET /healthz HTTP/1.1\r\nHost: hub\r\n\r\n"

        @Test("half-open connections beyond every limit keep nobody out, and all is as before when they have gone")
        func halfOpen() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let port = province.hub.client.port
                let before = try province.hub.figures().descriptors()
                let starts = ["", "G", "POST /exchange/v1/push HTTP/1.1\r\nHost: hub\r\nContent-Length: 4194304\r\n"]
                let held = (0..<1_500).compactMap { number -> RawConnection? in
                    let connection = RawConnection(port: port, from: UInt32(2 + number % 3))
                    connection?.send(starts[number % starts.count])
                    return connection
                }
                #expect(held.count == 1_500)
                // From the address of the honest ones too, as behind a proxy.
                let flood = Attack(threads: 4) { thread in
                    let batch = (0..<100).compactMap { _ in RawConnection(port: port, from: UInt32(1 + thread % 2)) }
                    for connection in batch { connection.send("POST /exchange/v1/poll HT") }
                }
                try Moment.wait(for: "the flood to rise") { flood.rounds > 8 }
                for number in 1...5 { try province.expectServed("半开连接之中 \(number)") }
                try flood.end()
                for connection in held { connection.end() }
                try province.expectDescriptorsBack(before)
                try expectWell(province.hub)
                #expect(Scratch.text(of: province.hub.logPath).contains("too many connections"))
            }
        }

        @Test("a hub with few descriptors goes on serving under a flood that would take them all")
        func fewDescriptors() throws {
            for descriptorsMax in [150, 56] {
                try TestProvince.with(["yinchuan"]) { province in
                    try province.hub.stop()
                    try province.hub.start(descriptorsMax: descriptorsMax)
                    try province.waitUntilLevel()
                    let port = province.hub.client.port
                    let before = try province.hub.figures().descriptors()
                    let held = (0..<400).compactMap { _ in RawConnection(port: port, from: 2) }
                    for connection in held { connection.send("GET /healthz HT") }
                    let flood = Attack(threads: 2) { _ in
                        let batch = (0..<50).compactMap { _ in RawConnection(port: port, from: 2) }
                        for connection in batch { connection.send("GET /") }
                    }
                    for number in 1...3 { try province.expectServed("描述符不足 \(number)") }
                    try flood.end()
                    for connection in held { connection.end() }
                    try province.expectDescriptorsBack(before)
                    try expectWell(province.hub)
                }
            }
        }

        @Test("heads that come a byte at a time are cut with 408, and others are served meanwhile")
        func drip() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let port = province.hub.client.port
                let head = Array("POST /exchange/v1/push HTTP/1.1\r\nHost: hub\r\nX-Filler: ".utf8)
                let dripping = (0..<200).compactMap { _ in RawConnection(port: port) }
                let said = Mutex([Int: [UInt8]]())
                let attack = Attack(threads: 1) { _ in
                    let round = said.withLock { $0[-1, default: []].count }
                    for (number, connection) in dripping.enumerated() {
                        connection.send([round < head.count ? head[round] : UInt8(ascii: "x")])
                        let bytes = connection.receiveNow() ?? []
                        said.withLock { $0[number, default: []] += bytes }
                    }
                    said.withLock { $0[-1, default: []].append(0) }
                    Moment.pause(milliseconds: 100)
                }
                try province.expectServed("慢滴之中")
                try Moment.wait(for: "every drip to be cut") {
                    (0..<dripping.count).allSatisfy { number in
                        let text = said.withLock { String(decoding: $0[number] ?? [], as: UTF8.self) }
                        return text.hasPrefix("HTTP/1.1 408 ")
                    }
                }
                try attack.end()
                try expectWell(province.hub)
            }
        }

        @Test("garbage behind requests, and peers that never read, cost the others nothing")
        func garbage() throws {
            try TestProvince.with(["yinchuan"]) { province in
                var random = SeededGenerator.announced("pipelined garbage")
                let garbage = (0..<65_536).map { _ in UInt8.random(in: 0...255, using: &random) }
                let port = province.hub.client.port
                let before = try province.hub.figures().descriptors()
                let deaf = (0..<100).compactMap { _ in RawConnection(port: port, from: 2) }
                let pipeline = Array(String(repeating: Self.get, count: 2_000).utf8)
                let attack = Attack(threads: 3) { thread in
                    switch thread {
                    case 0: for connection in deaf { connection.send(Array(pipeline.prefix(4_096))) }
                    case 1:
                        guard let connection = RawConnection(port: port, from: 3) else { return }
                        connection.send(Array(Self.get.utf8) + garbage)
                    default:
                        guard let connection = RawConnection(port: port, from: 4) else { return }
                        connection.send(pipeline + garbage)
                    }
                }
                try Moment.wait(for: "the attack to rise") { attack.rounds > 20 }
                for number in 1...3 { try province.expectServed("乱码之中 \(number)") }
                try attack.end()
                for connection in deaf { connection.end() }
                try province.expectDescriptorsBack(before)
                try expectWell(province.hub)
            }
        }

        @Test("everything oversized or wrongly framed is refused by its own status, on the exchange and on the API")
        func oversized() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let credential = try province.branch("yinchuan").configuration().text("credential")
                let site = "Authorization: Bearer \(credential)\r\n"
                let clerk = "Authorization: Bearer \(province.hub.token)\r\n"
                let push = "POST /exchange/v1/push HTTP/1.1\r\nHost: hub\r\n"
                let nested = String(repeating: "[", count: 100_000)
                let cases: [(what: String, status: Int, bytes: String)] = [
                    ("a long path", 414, "GET /\(String(repeating: "a", count: 9_000)) HTTP/1.1\r\nHost: hub\r\n\r\n"),
                    ("a long query", 414, "GET /healthz?\(String(repeating: "a", count: 9_000)) HTTP/1.1\r\n"),
                    ("a long field", 431, push + "X: \(String(repeating: "a", count: 40_000))\r\n\r\n"),
                    ("many fields", 431, push + String(repeating: "X: y\r\n", count: 101) + "\r\n"),
                    ("a long body", 413, push + site + "Content-Length: 4194305\r\n\r\n"),
                    ("an endless body", 413, push + site + "Content-Length: 9223372036854775807\r\n\r\n"),
                    ("no number", 400, push + site + "Content-Length: 99999999999999999999999\r\n\r\n"),
                    ("a long poll", 413, push.replacing("push", with: "poll") + site + "Content-Length: 65537\r\n\r\n"),
                    ("a large chunk", 413, push + site + "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n"),
                    (
                        "a chunk beyond numbers", 400,
                        push + site + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n"
                    ),
                    ("two framings", 400, push + site + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n"),
                    ("another coding", 501, push + site + "Transfer-Encoding: gzip, chunked\r\n\r\n"),
                    ("another expectation", 417, push + site + "Expect: 200-maybe\r\nContent-Length: 3\r\n\r\n"),
                    ("a stranger's body", 401, push + "Content-Length: 4194304\r\n\r\n"),
                    ("a stranger who waits", 401, push + "Expect: 100-continue\r\nContent-Length: 4194304\r\n\r\n"),
                    (
                        "a stranger's ticket", 401,
                        "POST /api/tickets HTTP/1.1\r\nHost: hub\r\nContent-Length: 900000\r\n\r\n"
                    ),
                    ("HTTP/3.0", 505, "GET / HTTP/3.0\r\nHost: hub\r\n\r\n"),
                    ("no HTTP", 400, "\u{16}\u{3}\u{1}\u{2}\r\n\r\n"),
                    (
                        "deep nesting", 400,
                        "POST /api/tickets HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n" + clerk
                            + "Content-Length: \(nested.utf8.count)\r\n\r\n" + nested
                    ),
                ]
                for (what, status, bytes) in cases {
                    let said = try province.hub.client.exchangeAndClose(Array(bytes.utf8))
                    let answer = try #require(WebAnswer(bytes: said), "\(what): \(said.count) bytes")
                    #expect(answer.status == status, "\(what): \(answer.status) \(answer.text)")
                    #expect(answer.headers["content-type"]?.hasPrefix("application/problem+json") == true, "\(what)")
                    #expect(!answer.detail.isEmpty && answer.detail.utf8.count < 1_000, "\(what)")
                }
                try province.expectServed("过大之后")
                try expectWell(province.hub)
            }
        }

        private func expectWell(_ hub: TestNode) throws {
            let peak = try hub.figures().peakMiB()
            print("peak \(peak) MiB, log \(hub.logBytes()) bytes")
            #expect(peak < Hostility.peakMiBMax)
            #expect(hub.logBytes() < Hostility.logBytesMax)
            #expect(try hub.get("/api/verify")["clean"] == true)
        }
    }
}
