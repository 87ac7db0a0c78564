import Dispatch
import HTTP

/// One connection through the relay: its two sockets and what is on its way between them.
///
/// Everything happens on the relay's queue.
final class RelayLink: Sendable {
    private let branch: Socket
    private let hub: Socket
    private let toHub: RelayLane
    private let toBranch: RelayLane
    private let losesReply: @Sendable () -> Bool
    private let onEnd: @Sendable () -> Void

    /// - Parameters:
    ///   - delays: milliseconds each way, asked for every piece.
    ///   - losesReply: asked at every piece of a reply; true resets the connection.
    ///   - onEnd: called when the connection has ended; more than once perhaps.
    init(
        branch: Socket, hub: Socket, delays: @escaping @Sendable () -> Relay.Delays,
        losesReply: @escaping @Sendable () -> Bool, onEnd: @escaping @Sendable () -> Void
    ) {
        self.branch = branch
        self.hub = hub
        self.losesReply = losesReply
        self.onEnd = onEnd
        toHub = RelayLane(from: branch, to: hub) { delays().toHub }
        toBranch = RelayLane(from: hub, to: branch) { delays().toBranch }
    }

    func start() {
        branch.start { event in self.take(event, from: self.branch) }
        hub.start { event in self.take(event, from: self.hub) }
    }

    /// Resets both sides.
    func abort() {
        branch.abort()
        hub.abort()
        onEnd()
    }

    private func take(_ event: Socket.Event, from side: Socket) {
        let (forward, back) = side === branch ? (toHub, toBranch) : (toBranch, toHub)
        switch event {
        case .received(let bytes):
            if side === hub, losesReply() { return abort() }
            forward.carry(bytes)
        case .endOfStream:
            forward.carryEnd { self.endIfBothDid() }
        case .flushed(let pendingBytes):
            back.flushed(pendingBytes: pendingBytes)
            endIfBothDid()
        case .failed:
            abort()
        }
    }

    private func endIfBothDid() {
        guard toHub.hasEnded, toBranch.hasEnded, branch.pendingBytes == 0, hub.pendingBytes == 0 else { return }
        branch.close()
        hub.close()
        onEnd()
    }
}
