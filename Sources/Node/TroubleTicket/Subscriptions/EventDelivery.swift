import Dispatch
import HTTP
import Replication
import SQLite
import Synchronization

/// Tells subscribers of events: each in order, one at a time, again after a pause when it fails, until a limit.
public final class EventDelivery: Sendable {
    public struct Limits: Sendable {
        /// Seconds before the second attempt; doubled with each.
        public var firstPauseSeconds = 1.0
        public var longestPauseSeconds = 300.0
        /// Attempts of one event, over an hour; then it is given up, and the next one is told.
        public var attemptsMax = 20
        /// For a whole attempt.
        public var attemptSeconds = 10.0
        /// Events that one subscription may be behind before it is ended, so that a subscriber that is gone for good
        /// does not fill the disk.
        public var behindMax: Int64 = 100_000
        /// Events looked at in one turn for one that the subscriber asked for.
        public var batch = 100

        public init() {}
    }

    private struct State {
        var underWay: Set<Int64> = []
        /// By the steady clock, in milliseconds.
        var waits: [Int64: Int64] = [:]
        var isClosed = false
    }

    /// What is to be done about a subscription.
    private enum Task {
        case send(RecordedEvent, body: [UInt8])
        /// It asked for none of the events up to this.
        case skip(to: Int64)
    }

    private let site: Site
    private let limits: Limits
    private let queue = DispatchQueue(label: "tributary.event-delivery")
    private let state = Mutex(State())

    public init(site: Site, limits: Limits = Limits()) {
        self.site = site
        self.limits = limits
        site.record { [shelf = site.domain.shelf] store, tickets in
            try EventRecorder(store: store, shelf: shelf, behindMax: limits.behindMax).record(tickets)
        }
        site.listen { [weak self] news in if !news.tickets.isEmpty { self?.look() } }
    }

    public func close() { state.withLock { $0.isClosed = true } }

    /// Sees whether somebody is to be told of something.
    public func look() { queue.async { self.round() } }

    // On the queue.

    private func round() {
        guard !state.withLock({ $0.isClosed }) else { return }
        let now = SystemClock.steady()
        do {
            let all = try site.read { try Subscription.all(in: $0.database) }
            for one in all
            where state.withLock({ !$0.underWay.contains(one.number) && $0.waits[one.number] ?? 0 <= now }) {
                // What is wrong with one must not keep events from the others.
                do { try begin(one) } catch { wait(one, because: error) }
            }
        } catch {
            site.log.line("events", kind: "read", "cannot be read: \(error)")
        }
    }

    private func wait(_ one: Subscription, because error: any Error) {
        site.log.line("events", kind: "read", "subscription \(one.id) cannot be told: \(error)")
        pause(one, limits.longestPauseSeconds)
    }

    private func pause(_ one: Subscription, _ seconds: Double) {
        state.withLock { $0.waits[one.number] = SystemClock.steady() + Int64(seconds * 1_000) }
        queue.asyncAfter(deadline: .now() + seconds + 0.002) { [weak self] in self?.round() }
    }

    private func begin(_ one: Subscription) throws {
        let task = try site.read { store -> Task? in
            let wording = try Wording(store, of: site)
            let filter = try one.filter()
            let events = try RecordedEvent.after(one.next, limit: limits.batch, in: store.database)
            for event in events {
                if let body = try event.body(one, filter, wording) { return .send(event, body: body.bytes()) }
            }
            return events.last.map { .skip(to: $0.number) }
        }
        switch task {
        case nil: return
        case .skip(let number)?: mark(one, next: number, attempts: 0, givesUp: false)
        case .send(let event, let body)?:
            state.withLock { _ = $0.underWay.insert(one.number) }
            let address = try CallbackAddress(one.callback)
            CallbackLine(address: address, seconds: limits.attemptSeconds).post(body) { outcome in
                self.queue.async { self.attempted(one, event, outcome) }
            }
        }
    }

    private func attempted(_ one: Subscription, _ event: RecordedEvent, _ outcome: CallbackLine.Outcome) {
        if let status = outcome.status, (200...299).contains(status) {
            return mark(one, next: event.number, attempts: 0, givesUp: false)
        }
        let attempts = one.attempts + 1
        if attempts == 1 {
            site.log.line(
                "events", about: one.id, kind: "attempt",
                "subscription \(one.id) has not taken an event, and is told again: \(outcome.text)")
        }
        guard attempts < limits.attemptsMax else {
            site.log.line(
                "events", kind: "given up",
                "subscription \(one.id) has not taken an event in \(attempts) attempts; it is given up: \(outcome.text)"
            )
            return mark(one, next: event.number, attempts: 0, givesUp: true)
        }
        let doublings = Double(1 << min(attempts - 1, 20))
        pause(one, min(limits.firstPauseSeconds * doublings, limits.longestPauseSeconds))
        mark(one, next: one.next, attempts: attempts, givesUp: false)
    }

    /// How far a subscription is; what all have been told is forgotten with it.
    private func mark(_ one: Subscription, next: Int64, attempts: Int, givesUp: Bool) {
        state.withLock { _ = $0.underWay.insert(one.number) }
        site.storage.write("events") { database in
            try database.run(
                "UPDATE subscription SET next = ?, attempts = ?, given_up = given_up + ? WHERE number = ?", next,
                Int64(attempts), Int64(givesUp ? 1 : 0), one.number)
            try database.run(
                "DELETE FROM subscription_event WHERE number <= (SELECT min(next) FROM subscription)")
        } completion: { result in
            if case .failure(let error) = result { self.site.log.line("events", kind: "mark", "\(error)") }
            let isDone = (try? result.get()) != nil
            self.queue.async { self.marked(one, isDone: isDone) }
        }
    }

    /// Where it could not be stored the event is told again later, under its identifier.
    private func marked(_ one: Subscription, isDone: Bool) {
        state.withLock { _ = $0.underWay.remove(one.number) }
        if isDone { round() } else { pause(one, limits.longestPauseSeconds) }
    }
}
