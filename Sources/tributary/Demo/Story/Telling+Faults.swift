import Standards
import Synchronization

extension Telling {
    private static let writers = 4
    private static let writesBeforeKill = 24
    private static let ticketsUnheard = 3

    /// One write of the loop that the kill interrupts.
    private struct Write: Sendable {
        let key: String
        let body: JSONValue
    }

    /// What the writers had heard when their node was killed.
    private struct WriteLog: Sendable {
        var answered: [(ticket: String, note: String)] = []
        var unanswered: [Write] = []
        var failure: CommandError?
    }

    /// A node is killed while it writes; it comes back with everything it acknowledged.
    func nodeKilled() throws -> String {
        let branch = cast.killed
        let log = try writeUntilKilled(branch)
        try branch.start()
        try branch.waitUntilServing()
        let counter = counter(branch)
        for (ticket, note) in log.answered {
            let texts = Census.noteTexts(try counter.ticket(ticket))
            try Story.check(
                texts.filter { $0 == note }.count == 1, "an acknowledged write is there once after the kill")
        }
        for write in log.unanswered {
            let id = try counter.take(write.body, key: write.key)
            let again = try counter.take(write.body, key: write.key)
            try Story.check(id == again, "a repeated key gives the same ticket")
        }
        return
            "\(branch.name)'s node is killed (-9) while it writes: \(log.answered.count * 2) acknowledged writes are "
            + "there, \(log.unanswered.count) unanswered ones repeated: each once"
    }

    private func writeUntilKilled(_ branch: ProvinceSite) throws -> WriteLog {
        let log = Mutex(WriteLog())
        let counter = counter(branch)
        let writers = (1...Self.writers).map { lane in
            Writer(
                name: String(lane), keys: key(String(lane)), counter: counter, maker: maker(branch, UInt64(1 + lane)))
        }
        try Parallel.each([nil] + writers) { writer in
            if let writer { return writer.write(into: log) }
            // The killer strikes in the middle of writes, not after a time.
            try Patience.wait(until: "writes are under way", seconds: Self.settleSeconds) {
                log.withLock { $0.answered.count >= Self.writesBeforeKill || $0.failure != nil }
            }
            branch.kill()
        }
        let result = log.withLock { $0 }
        if let failure = result.failure { throw failure }
        return result
    }

    /// One of the clerks who write until the node no longer answers.
    private struct Writer: Sendable {
        static let writesMax = 10_000

        let name: String
        let keys: String
        let counter: Counter
        var maker: TicketMaker

        func write(into log: borrowing Mutex<WriteLog>) {
            var maker = maker
            for number in 0..<Self.writesMax {
                let write = Write(key: "\(keys)-\(number)", body: maker.next(type: "complaint"))
                do {
                    let ticket = try counter.take(write.body, key: write.key)
                    let note = "回访记录 \(name)-\(number)"
                    try counter.note(note, on: ticket)
                    log.withLock { $0.answered.append((ticket, note)) }
                } catch {
                    return log.withLock { log in
                        log.unanswered.append(write)
                        let error = error as? CommandError
                        if error?.exitCode != .unreachable { log.failure = error }
                    }
                }
            }
        }
    }

    /// The hub gets what was sent, its answer is lost, and it is sent again.
    func repliesLost() throws -> String {
        let branch = cast.unheard
        guard let relay = branch.relay else { return "" }
        let counter = counter(branch)
        var maker = maker(branch, 7)
        relay.loseReplies()
        let tickets = try (0..<Self.ticketsUnheard).map { _ in try counter.take(maker.next(type: "complaint")) }
        try Patience.wait(until: "the hub has what was sent", seconds: Self.settleSeconds) {
            try hubCounter.ticketIfAny(tickets[0]) != nil
        }
        let lost = relay.counts.repliesLost
        try Story.check(lost > 0, "a reply was lost")
        let admitted = try tickets.filter { ticket in
            try counter.ticket(ticket)["timeline"]?.arrayValue?.allSatisfy { $0["state"]?.stringValue == "admitted" }
                ?? false
        }
        try Story.check(admitted.isEmpty, "\(branch.id) has not heard that its tickets arrived")
        relay.heal()
        try Patience.wait(until: "\(branch.id) has sent everything", seconds: Self.settleSeconds) {
            try branch.status()["backlog"]?.intValue == 0
        }
        return
            "the hub's replies to \(branch.name) are lost: it sends again what the hub has, \(tickets.count) "
            + "tickets, and "
            + "each is there once"
    }
}
