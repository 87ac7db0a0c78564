import Foundation
import Replication
import ServiceDesk
import Standards
import Synchronization
import Testing

extension RealProcesses {
    @Suite("A branch with a valid credential that sends nonsense")
    struct NonsenseBranchTests {
        /// A province with an honest branch, and one whose database the test holds.
        private func with(
            _ body: (_ province: TestProvince, _ branch: Impersonator, _ ticket: EntityID) throws -> Void
        ) throws {
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                let node = try province.branch("wuzhong")
                let id = try node.open("吴忠工单")
                try province.waitUntilLevel()
                try node.stop()
                let branch = try Impersonator(node, domain: LawlessDomain())
                let hello = try branch.request(.hello)
                try branch.apply(Self.decode(province.exchangeOnce("hello", hello.encoded, branch)), to: hello)
                try body(province, branch, #require(EntityID(kind: .ticket, text: id)))
                branch.close()
                let peak = try province.hub.figures().peakMiB()
                print("peak \(peak) MiB, log \(province.hub.logBytes()) bytes")
                #expect(peak < Hostility.peakMiBMax)
                #expect(province.hub.logBytes() < Hostility.logBytesMax)
                #expect(try province.hub.get("/api/verify")["clean"] == true)
            }
        }

        private static func decode(_ answer: WebAnswer) throws -> ExchangeAnswer {
            guard answer.status == 200 else { throw Failure("\(answer.status) \(answer.text)") }
            return try ExchangeAnswer(encoded: answer.body)
        }

        @Test(
            "refusable changes are kept up to the bound; then the site is told to wait and why, and no other is"
        )
        func refusable() throws {
            try with { province, branch, ticket in
                let text = String(repeating: "乱", count: 80_000)
                var pushes = 0
                var refusal: WebAnswer?
                while refusal == nil, pushes < 120 {
                    try branch.write(
                        ticket, [.assign(TicketField.isSupervised, .bool(true)), .note(Note(text: text))])
                    let push = try branch.request(.push)
                    let answer = try province.exchangeOnce("push", push.encoded, branch)
                    if answer.status == 200 {
                        pushes += 1
                        try branch.apply(Self.decode(answer), to: push)
                        if pushes % 20 == 0 { try province.expectServed("废话之中 \(pushes)") }
                    } else {
                        refusal = answer
                    }
                }
                // 16 MiB of changes of some 240,000 bytes each.
                #expect((69...71).contains(pushes), "\(pushes)")
                #expect(refusal?.status == 429)
                #expect(Int(refusal?.headers["retry-after"] ?? "") != nil)
                #expect(refusal?.detail.contains("16 MiB") == true, "\(refusal?.detail ?? "")")
                #expect(refusal?.detail.contains("refusals list") == true)
                #expect(try province.hub.status().number("refusedChanges") == pushes)
                // The site is still heard and told what there is.
                #expect(try province.exchangeOnce("hello", branch.request(.hello).encoded, branch).status == 200)
                try province.expectServed("废话之后")
            }
        }

        @Test("what can never be judged is kept up to the bound, and refused beyond it with the reason")
        func unjudgeable() throws {
            try with { province, branch, ticket in
                let unknown = Edit.assign(Field(rawValue: 4_000), .text("?"))
                try branch.run { session in
                    for _ in 0...ReplicationLimits.changesWaiting {
                        let draft = Draft(entity: ticket, edits: [unknown], actor: "x")
                        _ = try session.write(draft, at: Impersonator.wallClock())
                    }
                }
                var refusal: ExchangeAnswer.Refusal?
                for _ in 0..<10 where refusal == nil {
                    let push = try branch.request(.push)
                    let answer = try Self.decode(province.exchangeOnce("push", push.encoded, branch))
                    refusal = answer.refusal
                    if refusal == nil { try branch.apply(answer, to: push) }
                }
                #expect(refusal?.kind == .limited)
                #expect(refusal?.message.contains("4096") == true, "\(String(describing: refusal))")
                let waiting = try province.hub.status().number("waitingChanges")
                #expect(waiting == ReplicationLimits.changesWaiting)
                try province.expectServed("待判之外")
                // Work of others on the very ticket is not held up by what waits there.
                let id = ticket.text
                try province.hub.note(id, "省中心备注")
                #expect(try province.hub.notes(of: id) == ["省中心备注"])
            }
        }

        @Test(
            "storms of hellos, stale repeats, garbage frames, bombs and polls without end leave the others their turns")
        func storms() throws {
            try with { province, branch, ticket in
                let before = try province.hub.figures().descriptors()
                let credential = branch.credential
                let client = WebClient(port: province.hub.client.port, timeoutSeconds: 30)
                let headers = [("Authorization", "Bearer \(credential)")]
                let frames = try Self.nonsense(branch, ticket)
                let counts = Mutex([Int: Int]())
                let hellos = try (0..<400).map { _ in try branch.request(.hello).encoded }
                let next = Mutex(0)
                let attack = Attack(threads: 6) { thread in
                    let answer: WebAnswer?
                    if thread < 2 {
                        let number = next.withLock { next in
                            next += 1
                            return next
                        }
                        answer = try? client.send(
                            "POST", "/exchange/v1/hello", headers: headers, body: hellos[number % hellos.count])
                    } else {
                        let frame = frames[(thread * 31 + Int.random(in: 0..<1_000)) % frames.count]
                        answer = try? client.send(
                            "POST", "/exchange/v1/\(frame.path)", headers: headers, body: frame.bytes)
                    }
                    counts.withLock { $0[answer?.status ?? 0, default: 0] += 1 }
                }
                // Each is opened and left open: what a poll that is held looks like.
                let polls = try (0..<60).compactMap { _ -> RawConnection? in
                    let connection = RawConnection(port: client.port)
                    let body = try branch.request(.poll).encoded
                    let head =
                        "POST /exchange/v1/poll HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer \(credential)\r\n"
                        + "Content-Length: \(body.count)\r\n\r\n"
                    connection?.send(Array(head.utf8) + body)
                    return connection
                }
                try Moment.wait(for: "the site to be told to wait") { counts.withLock { $0[429, default: 0] > 20 } }
                for number in 1...4 { try province.expectServed("风暴之中 \(number)") }
                try attack.end()
                print("answers: \(counts.withLock { $0 })")
                #expect(counts.withLock { $0[500, default: 0] } == 0)
                for connection in polls { connection.end() }
                try province.expectDescriptorsBack(before)
                try province.waitUntilEqual(["yinchuan"])
            }
        }

        @Test("pushes that stop short of their last byte hold three places and no more, whatever their number")
        func stalledBodies() throws {
            try with { province, branch, _ in
                let port = province.hub.client.port
                let before = try province.hub.figures().descriptors()
                let head =
                    "POST /exchange/v1/push HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer \(branch.credential)\r\n"
                    + "Content-Length: \(ReplicationLimits.bytesInFrame)\r\n\r\n"
                let bytes = Array(head.utf8) + [UInt8](repeating: 7, count: ReplicationLimits.bytesInFrame - 1)
                var stalled: [RawConnection] = []
                for _ in 0..<100 {
                    guard let connection = RawConnection(port: port) else { continue }
                    connection.send(bytes)
                    stalled.append(connection)
                }
                try province.expectServed("停在最后一字节")
                let refused = stalled.count { connection in
                    String(decoding: connection.receiveNow() ?? [], as: UTF8.self).hasPrefix("HTTP/1.1 429 ")
                }
                #expect(refused == 100 - ReplicationLimits.requestsInLane)
                for connection in stalled { connection.end() }
                try province.expectDescriptorsBack(before)
            }
        }

        /// Frames that are sealed properly and of which nothing good can come.
        private static func nonsense(
            _ branch: Impersonator, _ ticket: EntityID
        ) throws -> [(path: String, bytes: [UInt8])] {
            try branch.write(ticket, [.note(Note(text: "x"))])
            let push = try branch.request(.push)
            var stale = push
            stale.number = ExchangeRequest.Number(start: 0, count: 1)
            var future = push
            future.changes = push.changes.map {
                $0.issuedAgain(at: Stamp(milliseconds: $0.stamp.milliseconds + 86_400_000))
            }
            var cursor = push
            cursor.lane = .hello
            cursor.changes = []
            cursor.before = nil
            cursor.cursor = FeedCursor(
                epoch: push.cursor.epoch, chain: Chain(number: UInt64(Int64.max), digest: push.cursor.chain.digest))
            var wishes = push
            wishes.lane = .poll
            wishes.changes = []
            wishes.before = nil
            wishes.wishes = (0..<64).map { .init(enter: UInt64($0), entity: ticket, after: 0) }
            wishes.withdrawn = (0..<1_024).map { .init(number: UInt64($0), sequence: .max) }
            return [
                ("push", stale.encoded), ("push", future.encoded), ("hello", cursor.encoded), ("poll", wishes.encoded),
                ("push", bomb(push, ticket, edits: 256, bytes: 0, changes: 1_024).encoded),
                ("push", bomb(push, ticket, edits: 1, bytes: 900_000, changes: 4).encoded),
                ("push", bomb(push, ticket, edits: 1, bytes: 900_000, changes: 40).encoded),
                ("poll", push.encoded), ("hello", []), ("push", [UInt8](repeating: 0x55, count: 4 << 20)),
            ]
        }

        /// A small frame that unfolds to as much as may be, or to more.
        private static func bomb(
            _ push: ExchangeRequest, _ ticket: EntityID, edits: Int, bytes: Int, changes: Int
        ) -> ExchangeRequest {
            var bomb = push
            let text = String(repeating: "x", count: bytes)
            let content = Array(repeating: Edit.note(Note(text: text)), count: edits)
            bomb.changes = (0..<changes).map { number in
                Change(
                    origin: push.origin, sequence: UInt64(number + 1),
                    stamp: Stamp(milliseconds: 1_700_000_000_000 + Int64(number)), entity: ticket,
                    seen: VersionVector([]), actor: "x", edits: content)
            }
            return bomb
        }
    }
}

extension TestProvince {
    /// Sends once, whatever the answer.
    func exchangeOnce(_ lane: String, _ body: [UInt8], _ branch: Impersonator) throws -> WebAnswer {
        let headers = [("Authorization", "Bearer \(branch.credential)")]
        return try hub.client.send("POST", "/exchange/v1/\(lane)", headers: headers, body: body)
    }
}
