import Dispatch
import HTTP
import Synchronization

/// A line between a branch and the hub that can be cut, slowed and made to lose replies: a TCP relay on loopback.
final class Relay: Sendable {
    /// What the line does to connections.
    enum Mode: Sendable {
        case open
        /// Connections are reset, and new ones as soon as they come.
        case cut
        /// Requests reach the hub; at the first byte of a reply the connection is reset and the reply is lost.
        case losingReplies
    }

    /// What has happened on the line.
    struct Counts: Hashable, Sendable {
        var carried = 0
        var refused = 0
        var repliesLost = 0
    }

    private struct State {
        var mode = Mode.open
        var delays = Delays()
        var upstream: SocketAddress
        var counts = Counts()
        var links: [UInt64: RelayLink] = [:]
        var lastNumber: UInt64 = 0
    }

    /// Milliseconds each way.
    struct Delays: Hashable, Sendable {
        var toHub = 0
        var toBranch = 0
    }

    private let queue = DispatchQueue(label: "tributary.relay")
    private let listener: ListeningSocket
    private let state: Mutex<State>

    /// Listens on a free loopback port and forwards to another.
    init(upstreamPort: UInt16) throws {
        let upstream = try SocketAddress(host: "127.0.0.1", port: upstreamPort)
        state = Mutex(State(upstream: upstream))
        listener = try ListeningSocket(queue: queue)
        listener.start { socket in self.accept(socket) }
    }

    /// The port that stands for the hub's.
    var port: UInt16 { listener.port }

    var counts: Counts { state.withLock { $0.counts } }

    /// Leads new connections elsewhere on this machine: to a hub that was started again.
    func redirect(upstreamPort: UInt16) throws {
        let upstream = try SocketAddress(host: "127.0.0.1", port: upstreamPort)
        state.withLock { $0.upstream = upstream }
    }

    /// Slows the line, for bytes that come from now on.
    func delay(toHub: Int, toBranch: Int) {
        state.withLock { $0.delays = Delays(toHub: toHub, toBranch: toBranch) }
    }

    /// Resets every connection and refuses new ones until `heal`. Returns when it is so.
    func cut() {
        queue.sync {
            let links = state.withLock { state in
                state.mode = .cut
                return state.links
            }
            for link in links.values { link.abort() }
        }
    }

    /// Lets requests through and loses their replies until `heal`.
    func loseReplies() {
        queue.sync { state.withLock { $0.mode = .losingReplies } }
    }

    /// Lets everything through again.
    func heal() {
        queue.sync { state.withLock { $0.mode = .open } }
    }

    /// Stops listening and resets every connection.
    func close() {
        cut()
        listener.close()
    }

    private func accept(_ socket: Socket) {
        let upstream = state.withLock { state -> SocketAddress? in
            guard state.mode != .cut else {
                state.counts.refused += 1
                return nil
            }
            return state.upstream
        }
        guard let upstream else { return socket.abort() }
        Socket.connect(to: upstream, queue: queue, deadlineSeconds: 5) { result in
            // The line may have been cut while the connection was being made.
            guard case .success(let hub) = result, self.state.withLock({ $0.mode != .cut }) else {
                if case .success(let hub) = result { hub.abort() }
                return socket.abort()
            }
            self.join(socket, hub)
        }
    }

    private func join(_ branch: Socket, _ hub: Socket) {
        let link = state.withLock { state in
            state.lastNumber += 1
            state.counts.carried += 1
            let number = state.lastNumber
            let link = RelayLink(
                branch: branch, hub: hub, delays: { self.state.withLock { $0.delays } },
                losesReply: { self.losesReply() }, onEnd: { self.forget(number) })
            state.links[number] = link
            return link
        }
        link.start()
    }

    private func losesReply() -> Bool {
        state.withLock { state in
            guard state.mode == .losingReplies else { return false }
            state.counts.repliesLost += 1
            return true
        }
    }

    private func forget(_ number: UInt64) {
        state.withLock { state in
            state.links[number] = nil
        }
    }
}
