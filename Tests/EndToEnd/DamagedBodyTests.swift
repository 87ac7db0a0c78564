import Glibc
import Replication
import Standards
import Testing

extension RealProcesses {
    @Suite("Damaged exchange bodies over real HTTP")
    struct DamagedBodyTests {
        static let flips = 60

        @Test("torn, truncated, flipped, oversized, foreign, lying and replayed bodies are refused and harm nobody")
        func bodies() throws {
            var random = SeededGenerator.announced("damaged bodies")
            try TestProvince.with(["yinchuan", "wuzhong"]) { province in
                try province.waitUntilLevel()
                let node = try province.branch("wuzhong")
                let id = try node.open("受损报文所述工单")
                try province.waitUntilLevel()
                try node.stop()
                let branch = try Impersonator(node)
                try hello(branch, province)
                let entity = try #require(EntityID(kind: .ticket, text: id))
                try branch.write(entity, [.note(Note(text: "第一条"))])
                let push = try branch.request(.push)
                let changes = try province.hub.status().number("changes")
                try expectDamageRefused(push.encoded, branch, province, &random)
                try expectLieRefused(push, branch, province)
                #expect(try province.hub.status().number("changes") == changes)
                try expectTakenOnce(push, branch, province)
                #expect(try province.hub.status().number("changes") == changes + 1)
                branch.close()
                try node.start()
                try node.note(id, "第二条")
                try province.branch("yinchuan").open("其他分公司不受影响")
                try province.waitUntilEqual()
                #expect(try province.hub.notes(of: id) == ["第一条", "第二条"])
                #expect(try province.hub.tickets().count == 2)
            }
        }

        private func hello(_ branch: Impersonator, _ province: TestProvince) throws {
            let request = try branch.request(.hello)
            let answer = try province.exchange("hello", request.encoded, credential: branch.credential)
            #expect(answer.status == 200, "\(answer.text)")
            try branch.apply(ExchangeAnswer(encoded: answer.body), to: request)
        }

        private func expectDamageRefused(
            _ right: [UInt8], _ branch: Impersonator, _ province: TestProvince, _ random: inout SeededGenerator
        ) throws {
            var wrong: [(String, [UInt8])] = [
                ("empty", []), ("torn", Array(right.prefix(right.count / 2))), ("truncated", right.dropLast()),
                ("longer", right + [0]), ("twice", right + right),
                ("a sign-in page", Array("<!doctype html><title>Login</title>".utf8)), ("JSON", Array("{}".utf8)),
            ]
            for _ in 0..<Self.flips {
                var bytes = right
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                wrong.append(("bit flipped in byte \(place)", bytes))
            }
            for (name, bytes) in wrong {
                let answer = try province.exchange("push", bytes, credential: branch.credential)
                #expect(answer.status == 400, "\(name): \(answer.status)")
                #expect(answer.headers["content-type"]?.hasPrefix("application/problem+json") == true, "\(name)")
            }
            let huge = [UInt8](repeating: 7, count: ReplicationLimits.bytesInFrame + 1)
            #expect(try province.exchange("push", huge, credential: branch.credential).status == 413)
            try sendHalf(right, branch, province)
        }

        /// The head promises the whole body, and the line breaks in the middle of it.
        private func sendHalf(_ right: [UInt8], _ branch: Impersonator, _ province: TestProvince) throws {
            let head =
                "POST /exchange/v1/push HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer \(branch.credential)\r\n"
                + "Content-Length: \(right.count)\r\n\r\n"
            let answer = try province.hub.client.exchangeAndClose(Array(head.utf8) + right.prefix(right.count / 2))
            #expect(
                answer.isEmpty || WebAnswer(bytes: answer)?.status == 400, "\(String(decoding: answer, as: UTF8.self))")
        }

        /// Well formed and sealed, and yet not what it says it is.
        private func expectLieRefused(_ push: ExchangeRequest, _ branch: Impersonator, _ province: TestProvince) throws
        {
            var wrongDigest = push
            wrongDigest.after = push.before?.digest
            var wrongStart = push
            wrongStart.before = .start
            var foreign = ExchangeRequest(
                lane: .push, origin: OriginID(raw: 42), number: push.number, acknowledged: push.acknowledged,
                cursor: push.cursor)
            foreign.before = push.before
            foreign.after = push.after
            foreign.changes = push.changes
            for request in [wrongDigest, wrongStart, foreign] {
                let answer = try province.exchange("push", request.encoded, credential: branch.credential)
                let refused = answer.status == 400 ? nil : try ExchangeAnswer(encoded: answer.body).refusal
                #expect(answer.status == 400 || refused != nil, "\(answer.status)")
            }
        }

        private func expectTakenOnce(_ push: ExchangeRequest, _ branch: Impersonator, _ province: TestProvince) throws {
            let first = try province.exchange("push", push.encoded, credential: branch.credential)
            let answer = try ExchangeAnswer(encoded: first.body)
            #expect(answer.refusal == nil)
            #expect(answer.stored.number == push.changes.last?.sequence)
            for _ in 1...3 {
                let replay = try province.exchange("push", push.encoded, credential: branch.credential)
                let refused = try ExchangeAnswer(encoded: replay.body)
                #expect(refused.refusal?.kind == .stale)
                #expect(refused.stored == answer.stored)
            }
            try branch.apply(answer, to: push)
        }
    }
}
