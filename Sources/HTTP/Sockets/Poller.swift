import CEpoll
import Dispatch
import Glibc
import Synchronization

/// Tells of descriptors that have become readable, or writable: epoll on a thread of its own, one event an arming.
///
/// Dispatch's own sources are not used for sockets. When both ends of a connection are closed the kernel reports a
/// hang-up, and libdispatch 6.3 then lets two threads take the same registration apart: the one that polls goes on
/// reading what the other has freed. A node under load and faults died of it within minutes.
final class Poller: Sendable {
    /// Readable, or at its end.
    static let reading = Poller(UInt32(EPOLLIN.rawValue), "reading")
    static let writing = Poller(UInt32(EPOLLOUT.rawValue), "writing")

    /// Events taken from the system at a time.
    private static let eventsMax: CInt = 64

    private struct State {
        var handlers: [UInt64: @Sendable () -> Void] = [:]
        var lastToken: UInt64 = 0
    }

    private let interest: UInt32
    private let instance: CInt
    private let queue: DispatchQueue
    private let state = Mutex(State())

    private init(_ interest: UInt32, _ name: String) {
        self.interest = interest | UInt32(EPOLLONESHOT.rawValue)
        instance = epoll_create1(CInt(EPOLL_CLOEXEC))
        precondition(instance >= 0, "the system has no descriptor left for what watches them")
        // A serial queue has a thread of its own, so the wait takes none from others.
        queue = DispatchQueue(label: "tributary.poller.\(name)")
        queue.async { self.poll() }
    }

    /// Begins to watch a descriptor, which must stay open until `remove`. One descriptor is added once at a time.
    ///
    /// - Parameter handler: called on the poller's thread, once for every arming; it must return at once.
    /// - Returns: what names it here, never used twice, so that a late event of one that is gone reaches nobody else.
    func add(_ descriptor: CInt, handler: @escaping @Sendable () -> Void) -> UInt64 {
        let token = state.withLock { state in
            state.lastToken += 1
            state.handlers[state.lastToken] = handler
            return state.lastToken
        }
        control(EPOLL_CTL_ADD, descriptor, token, handler)
        return token
    }

    /// Asks for one more event. What is ready already is told at once.
    func arm(_ descriptor: CInt, _ token: UInt64) {
        guard let handler = state.withLock({ $0.handlers[token] }) else { return }
        control(EPOLL_CTL_MOD, descriptor, token, handler)
    }

    /// Ends the watch; a handler that is being called at this moment may still be under way.
    func remove(_ descriptor: CInt, _ token: UInt64) {
        let handler = state.withLock { $0.handlers.removeValue(forKey: token) }
        guard handler != nil else { return }
        var event = epoll_event()
        _ = epoll_ctl(instance, EPOLL_CTL_DEL, descriptor, &event)
    }

    private func control(
        _ operation: CInt, _ descriptor: CInt, _ token: UInt64, _ handler: @escaping @Sendable () -> Void
    ) {
        var event = epoll_event()
        event.events = interest
        event.data.u64 = token
        if epoll_ctl(instance, operation, descriptor, &event) == 0 { return }
        // It could not be added before.
        if errno == ENOENT, epoll_ctl(instance, EPOLL_CTL_ADD, descriptor, &event) == 0 { return }
        precondition(errno == ENOMEM || errno == ENOSPC, "a descriptor is watched while it is open, and once")
        // The system is short of memory. Whoever is called without need finds that nothing is ready, and asks again.
        DispatchQueue.global().asyncAfter(deadline: .now() + ListeningSocket.shortageRestSeconds) { handler() }
    }

    private func poll() {
        var events = [epoll_event](repeating: epoll_event(), count: Int(Self.eventsMax))
        while true {
            let count = epoll_wait(instance, &events, Self.eventsMax, -1)
            guard count > 0 else {
                precondition(count == 0 || errno == EINTR, "the poller's own descriptor is open")
                continue
            }
            for event in events.prefix(Int(count)) {
                let token = event.data.u64
                let handler = state.withLock { $0.handlers[token] }
                handler?()
            }
        }
    }
}
