import Foundation
import Standards
import Synchronization
import Testing

/// A clerk whose client repeats what is not answered, under the same idempotency key, until it is: takes tickets and
/// adds a note to each, one after the other, until told to finish.
final class Clerk: Sendable {
    private struct State {
        var tickets: [String: String] = [:]
        var notes: [String: String] = [:]
        var unanswered = 0
        var failure: String?
        var mayFinish = false
        var hasEnded = false
    }

    private let name: String
    private let node: TestNode
    private let state = Mutex(State())

    init(_ name: String, at node: TestNode) {
        self.name = name
        self.node = node
    }

    func begin() {
        Thread.detachNewThread {
            self.work()
            self.state.withLock { $0.hasEnded = true }
        }
    }

    /// Ends after the write that is under way, answered as well.
    func finish() throws {
        state.withLock { $0.mayFinish = true }
        try Moment.wait(for: "\(name) to finish") { self.state.withLock { $0.hasEnded } }
        if let failure = state.withLock({ $0.failure }) { throw Failure("\(name): \(failure)") }
    }

    /// Writes that were acknowledged.
    var acknowledged: Int { state.withLock { $0.tickets.count + $0.notes.count } }

    /// Requests that got no answer and were sent again.
    var unanswered: Int { state.withLock { $0.unanswered } }

    private func work() {
        var number = 0
        while state.withLock({ !$0.mayFinish && $0.failure == nil }) {
            number += 1
            let subject = "\(name) 来单 \(number)"
            let body: JSONValue = ["type": "complaint", "fields": ["subject": .string(subject)]]
            guard let id = insist("/api/tickets", body, key: "\(name)-\(number)") else { return }
            state.withLock { $0.tickets[subject] = id }
            let text = "\(name) 回访 \(number)"
            let note: JSONValue = ["action": "note", "text": .string(text), "visibility": "internal"]
            guard insist("/api/tickets/\(id)/actions", note, key: "\(name)-\(number)-note") != nil else { return }
            state.withLock { $0.notes[text] = id }
        }
    }

    /// - Returns: the ticket's identifier, or nil when the node refused for good.
    private func insist(_ path: String, _ body: JSONValue, key: String) -> String? {
        let end = Moment.now() + 2 * Moment.patienceSeconds
        while Moment.now() < end {
            guard let answer = try? node.call("POST", path, body, actor: name, key: key), answer.status != 503 else {
                state.withLock { $0.unanswered += 1 }
                Moment.pause(milliseconds: 10)
                continue
            }
            if let id = answer.json["ticket"]?["id"]?.stringValue, answer.status < 300 { return id }
            state.withLock { $0.failure = "\(path): \(answer.status) \(answer.text)" }
            return nil
        }
        state.withLock { $0.failure = "\(path): not answered" }
        return nil
    }

    /// Every acknowledged write is at `place` exactly once, and nothing of this clerk's that was not acknowledged.
    func check(at place: TestNode) throws {
        let (tickets, notes) = state.withLock { ($0.tickets, $0.notes) }
        var found: [String: [String]] = [:]
        for summary in try place.tickets() {
            let subject = try summary.text("subject")
            if subject.hasPrefix(name + " ") { found[subject, default: []].append(try summary.text("id")) }
        }
        #expect(found == tickets.mapValues { [$0] }, "tickets of \(name) at \(place.folder)")
        for (text, id) in notes.sorted(by: { $0.key < $1.key }) {
            #expect(try place.notes(of: id) == [text], "the note of \(id) at \(place.folder)")
        }
    }
}
