import Dispatch
import HTTP
import Replication
import Synchronization

/// Tells clients of every ticket that a committed write or the exchange has changed.
///
/// Each stream has a place in one ring of changed tickets. A client that reads slowly is not written to before it has
/// room again, and is dropped when the ring has overtaken it, so nothing is kept for it but its place.
final class EventStreams: Sendable {
    private struct Stream {
        let events: ServerSentEvents
        /// Whether its reader is still let in: a stream lasts longer than a sign-in may.
        let isAllowed: @Sendable () -> Bool
        var place: UInt64
        /// Whether the client has no room; it is gone on with when it has.
        var isFull = false
    }

    private struct State {
        var ring: EventRing
        /// Streams given out, those that are about to begin included.
        var taken = 0
        var streams: [UInt64: Stream] = [:]
        var lastStream: UInt64 = 0
        var isTelling = false
        var isClosed = false
        /// Written once for all streams that stand at the same place, and told only as long as nothing has changed
        /// since: what has left this site must not be told to whoever comes later.
        var written: (after: UInt64, newest: UInt64, events: [(number: UInt64, event: ServerSentEvent)])?
    }

    private let site: Site
    private let limits: EventLimits
    private let queue = DispatchQueue(label: "tributary.events")
    private let state: Mutex<State>

    init(site: Site, limits: EventLimits) {
        self.site = site
        self.limits = limits
        state = Mutex(State(ring: EventRing(capacity: limits.remembered)))
        site.listen { [weak self] news in self?.take(news.tickets) }
    }

    /// Ends every stream, so that a stop need not wait for them.
    func close() {
        let open = state.withLock { state in
            state.isClosed = true
            defer { state.streams = [:] }
            return state.streams.keys.sorted().compactMap { state.streams[$0]?.events }
        }
        for events in open { events.finish() }
    }

    /// Called by the writer: remembers and returns.
    private func take(_ tickets: [Int64]) {
        guard !tickets.isEmpty else { return }
        let begins = state.withLock { state in
            for ticket in tickets { state.ring.append(ticket) }
            defer { if !state.streams.isEmpty { state.isTelling = true } }
            return !state.isTelling && !state.streams.isEmpty
        }
        if begins { queue.async { self.tellAll() } }
    }

    /// Begins a stream.
    /// - Parameter last: the identifier of the event that the client had last; nil for one that begins.
    func open(_ call: Call, after last: String?) throws {
        try reserve()
        guard let events = call.events() else { return release() }
        events.onClosed { [weak self] _ in self?.release() }
        queue.async { self.begin(events, isAllowed: { call.isStillAllowed }, after: last) }
    }

    private func reserve() throws {
        try state.withLock { state in
            guard !state.isClosed, state.taken < limits.streamsMax else {
                throw NodeError(
                    .busy, "\(limits.streamsMax) streams of events are open.",
                    remedy: "Close one, try again later, or write a higher \"eventStreams\" into node.json and start "
                        + "again.")
            }
            state.taken += 1
        }
    }

    private func release() { state.withLock { $0.taken -= 1 } }

    private func begin(
        _ events: ServerSentEvents, isAllowed: @escaping @Sendable () -> Bool, after last: String?
    ) {
        let (number, newest, resumed) = state.withLock { state -> (UInt64, UInt64, Bool) in
            let newest = state.ring.newest
            let asked = last.flatMap { EventPlace($0) }
            let place = asked.flatMap { asked -> UInt64? in
                guard asked.start == site.start else { return nil }
                return state.ring.after(asked.number, limit: 1) == nil ? nil : asked.number
            }
            state.lastStream += 1
            if !state.isClosed {
                state.streams[state.lastStream] = Stream(
                    events: events, isAllowed: isAllowed, place: place ?? newest)
            }
            return (state.lastStream, newest, place != nil)
        }
        let here = EventPlace(start: site.start, number: newest)
        if last == nil { events.send(EventView.began(at: here)) }
        if last != nil, !resumed { events.send(EventView.reset(at: here)) }
        events.onClosed { [weak self] _ in self?.forget(number) }
        if number == 1 { scheduleHeartbeat() }
        tell(number)
    }

    private func forget(_ number: UInt64) { state.withLock { _ = $0.streams.removeValue(forKey: number) } }

    // On the queue.

    private func tellAll() {
        let numbers = state.withLock { state in
            state.isTelling = false
            return state.streams.keys.sorted()
        }
        for number in numbers { tell(number) }
    }

    /// Sends a stream what came after its place, as long as it takes it.
    private func tell(_ number: UInt64) {
        while let stream = state.withLock({ $0.streams[number] }), !stream.isFull {
            guard stream.isAllowed() else { return drop(number, stream.events) }
            guard let next = state.withLock({ $0.ring.after(stream.place, limit: limits.batch) }) else {
                return drop(number, stream.events)
            }
            guard let last = next.last else { return }
            do {
                for (place, event) in try written(next, after: stream.place) {
                    let outcome = stream.events.send(event)
                    if outcome == .closed { return forget(number) }
                    state.withLock { $0.streams[number]?.place = place }
                    if outcome == .full { return wait(number, stream.events) }
                }
            } catch {
                site.log.line("events", "cannot be read: \(error)")
                return drop(number, stream.events)
            }
            state.withLock { $0.streams[number]?.place = last.number }
        }
    }

    private func written(
        _ next: [(number: UInt64, ticket: Int64)], after place: UInt64
    ) throws -> [(number: UInt64, event: ServerSentEvent)] {
        let (written, newest) = state.withLock { ($0.written, $0.ring.newest) }
        if let written, written.after == place, written.newest == newest,
            written.events.last?.number == next.last?.number
        {
            return written.events
        }
        let start = site.start
        let events = try site.read { store in try EventView.events(next, start: start, in: store, of: site) }
        state.withLock { $0.written = (place, newest, events) }
        return events
    }

    private func wait(_ number: UInt64, _ events: ServerSentEvents) {
        state.withLock { $0.streams[number]?.isFull = true }
        events.whenReady { [weak self] in self?.goOn(number) }
    }

    private func goOn(_ number: UInt64) {
        queue.async {
            self.state.withLock { $0.streams[number]?.isFull = false }
            self.tell(number)
        }
    }

    /// The client comes back with its last event and is told what it missed, or to begin again.
    private func drop(_ number: UInt64, _ events: ServerSentEvents) {
        forget(number)
        events.finish()
    }

    /// Keeps proxies from closing a quiet stream and finds out which clients have gone.
    private func scheduleHeartbeat() {
        queue.asyncAfter(deadline: .now() + limits.heartbeatSeconds) { [weak self] in
            guard let self, !state.withLock({ $0.isClosed }) else { return }
            let all = state.withLock { state in
                state.streams.keys.sorted().compactMap { number in state.streams[number].map { (number, $0) } }
            }
            for (number, stream) in all {
                if !stream.isAllowed() {
                    drop(number, stream.events)
                } else if !stream.isFull {
                    stream.events.comment()
                }
            }
            scheduleHeartbeat()
        }
    }
}
