import Foundation
import Hashing
import Replication
import Standards
import Testing

extension RealProcesses {
    @Suite("A hub that answers nonsense")
    struct StrangeHubTests {
        private typealias Case = (what: String, mode: StrangeHub.Mode, says: String)

        @Test("a branch refuses it, keeps everything, tells what is wrong, goes on, and recovers when the hub is well")
        func nonsense() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                let strange = try StrangeHub(hub: province.hub.client.port)
                defer { strange.close() }
                try lead(branch, to: strange)
                try province.expectServed("改道之后")
                for (what, mode, says) in Self.cases { try expectBorne(what, mode, says, province, branch, strange) }
                try province.waitUntilEqual()
                let peak = try branch.figures().peakMiB()
                print("peak \(peak) MiB, log \(branch.logBytes()) bytes")
                #expect(peak < Hostility.peakMiBMax)
                #expect(branch.logBytes() < Hostility.logBytesMax)
                let log = Scratch.text(of: branch.logPath)
                #expect(!log.contains("\u{1B}") && !log.contains("\nforged"))
            }
        }

        private func lead(_ branch: TestNode, to strange: StrangeHub) throws {
            try branch.stop()
            let old = try branch.configuration().text("hub")
            let text = Scratch.text(of: branch.folder + "/node.json")
                .replacingOccurrences(of: old.replacingOccurrences(of: "/", with: "\\/"), with: old)
                .replacingOccurrences(of: old, with: "http://127.0.0.1:\(strange.port)")
            try Data(text.utf8).write(to: URL(fileURLWithPath: branch.folder + "/node.json"))
            try branch.start()
        }

        private func expectBorne(
            _ what: String, _ mode: StrangeHub.Mode, _ says: String, _ province: TestProvince, _ branch: TestNode,
            _ strange: StrangeHub
        ) throws {
            strange.turn(mode)
            let began = Moment.now()
            let id = try branch.open(what)
            var hasNews = false
            try Moment.wait(for: "\(what): to be told in status", seconds: 60) {
                // Where the push went through, news ends the poll that is held.
                if !hasNews, try province.hub.holds(id) {
                    hasNews = true
                    try province.hub.note(id, "省中心备注")
                }
                let status = try branch.status()
                return status["exchange"]?["lastError"]?.stringValue?.contains(says) == true
            }
            let second = try branch.open(what + " 2")
            // A pause after each failure, and one more request of each lane for each opening.
            let requests = strange.requests
            #expect(Double(requests) <= 12 + 12 * (Moment.now() - began), "\(what): \(requests) requests")
            #expect(try branch.status().text("exchange", "phase") != "stopped", "\(what)")
            #expect(try province.hub.holds(second) == false, "\(what)")
            strange.turn(.honest)
            for ticket in [id, second] {
                try Moment.wait(for: "\(what): the ticket to reach the hub", seconds: 60) {
                    try province.hub.holds(ticket)
                }
                #expect(try branch.holds(ticket))
            }
            try Moment.wait(for: "\(what): the error to be gone") {
                try branch.status()["exchange"]?["lastError"]?.stringValue == nil
            }
        }

        @Test("a hub that promises more and brings nothing is not asked as fast as the line allows")
        func emptyPromises() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                let strange = try StrangeHub(hub: province.hub.client.port)
                defer { strange.close() }
                try lead(branch, to: strange)
                try province.expectServed("改道之后")
                strange.turn(
                    .answersPolls { poll in
                        var answer = ExchangeAnswer(
                            request: poll.number, epoch: poll.cursor.epoch, stored: poll.acknowledged,
                            feed: poll.cursor.chain)
                        answer.isCaughtUp = false
                        return answer
                    })
                // News ends the poll that is held, so that the next ones are promised more.
                let began = Moment.now()
                let id = try branch.open("空头承诺")
                try Moment.wait(for: "the ticket to reach the hub") { try province.hub.holds(id) }
                try Moment.wait(for: "some polls") { strange.requests >= 5 }
                let elapsed = Moment.now() - began
                #expect(Double(strange.requests) <= 12 + elapsed, "\(strange.requests) requests in \(elapsed) s")
                strange.turn(.honest)
                try province.expectServed("空头承诺之后")
            }
        }

        private static let cases: [Case] = {
            let ok = "HTTP/1.1 200 OK\r\n"
            let page = Array("<!doctype html><title>Login</title>".utf8)
            let trick = "{\"detail\":\"\u{1B}[2J\u{1B}[31m x\r\nforged line \(String(repeating: "z", count: 3_000))\"}"
            let megabyte = [UInt8](repeating: 0x20, count: 1 << 20)
            return [
                ("500", .says { StrangeHub.response(500, []) }, "500"),
                (
                    "a redirect", .says { Array("HTTP/1.1 302 F\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n".utf8) },
                    "302"
                ),
                ("a sign-in page", .says { StrangeHub.response(200, page, type: "text/html") }, "sign-in page"),
                ("a torn head", .says { Array("HTTP/1.1 200 OK\r\nContent-Le".utf8) }, "does not answer"),
                ("no HTTP", .says { Array("220 mail.example ESMTP\r\n".utf8) }, "does not answer"),
                ("a torn body", .says { StrangeHub.response(200, Array("TRIB".utf8)).dropLast() }, "does not answer"),
                ("a truncated frame", .damages { $0.dropLast(3) }, "damaged"),
                ("a flipped bit", .damages { $0.enumerated().map { $0 == 40 ? $1 ^ 1 : $1 } }, "damaged"),
                ("a huge length", .says { Array((ok + "Content-Length: 9223372036854775807\r\n\r\n").utf8) }, "limit"),
                ("a control byte in a problem", .says { StrangeHub.response(503, Array(trick.utf8)) }, "\\u{1b}"),
                (
                    "an endless body",
                    .repeats(start: ok + "\r\n", then: megabyte, pauseMilliseconds: 0), "limit"
                ),
                (
                    "an endless head",
                    .repeats(start: ok, then: Array("X: y\r\n".utf8), pauseMilliseconds: 0), "limit"
                ),
                (
                    "interim answers without end",
                    .repeats(start: "", then: Array("HTTP/1.1 102 P\r\n\r\n".utf8), pauseMilliseconds: 0), "interim"
                ),
                ("another request's answer", .alters { $0.request = .init(start: 9, count: 9) }, "another request"),
                (
                    "another hub",
                    .alters { answer in
                        answer.epoch = Epoch(number: 9, random: 9)
                        answer.highest = .init(start: 9_999, count: 9)
                        answer.sent += 100_000_000_000
                        answer.received += 100_000_000_000
                    }, "epoch 9"
                ),
                (
                    "another feed",
                    .alters { $0.feed = Chain(number: $0.feed.number, digest: Digest128(high: 1, low: 1)) }, "feed"
                ),
                (
                    "a refusal for ever",
                    .alters { $0.refusal = .init(kind: .refused, message: "No\n\u{1B}[31m.", remedy: "") },
                    "No\\u{a}"
                ),
            ]
        }()
    }
}
