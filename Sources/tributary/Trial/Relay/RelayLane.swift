import Dispatch
import HTTP
import Synchronization

/// One direction of a connection: pieces leave in the order they came, each after the line's delay.
final class RelayLane: Sendable {
    /// Bytes on their way at which the sender is made to wait.
    static let bytesMax = 1 << 20

    private struct Piece {
        /// Nil is the end of the stream.
        let bytes: [UInt8]?
        let due: DispatchTime
    }

    private struct State {
        var pieces: [Piece] = []
        var bytes = 0
        var hasEnded = false
        var isPaused = false
        var onEnd: (@Sendable () -> Void)?
    }

    private let source: Socket
    private let target: Socket
    private let delayMilliseconds: @Sendable () -> Int
    private let state = Mutex(State())

    init(from source: Socket, to target: Socket, delayMilliseconds: @escaping @Sendable () -> Int) {
        self.source = source
        self.target = target
        self.delayMilliseconds = delayMilliseconds
    }

    /// Whether the end of the stream has been passed on.
    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    func carry(_ bytes: [UInt8]) { enqueue(bytes) }

    /// Passes the end of the stream on, behind what is on its way.
    func carryEnd(_ then: @escaping @Sendable () -> Void) {
        state.withLock { $0.onEnd = then }
        enqueue(nil)
    }

    /// The target's own buffer has moved.
    func flushed(pendingBytes: Int) {
        resumeIfRoom(targetBytes: pendingBytes)
    }

    private func enqueue(_ bytes: [UInt8]?) {
        let delay = delayMilliseconds()
        let now = DispatchTime.now()
        let isAlone = state.withLock { state in
            // A delay that was shortened must not let a piece overtake the one before.
            let due = max(now + .milliseconds(delay), state.pieces.last?.due ?? now)
            state.pieces.append(Piece(bytes: bytes, due: due))
            state.bytes += bytes?.count ?? 0
            return state.pieces.count == 1
        }
        if delay == 0, isAlone { return deliverDue() }
        if isAlone { wake() }
        pauseIfFull()
    }

    private func wake() {
        guard let due = state.withLock({ $0.pieces.first?.due }) else { return }
        target.queue.asyncAfter(deadline: due) { self.deliverDue() }
    }

    private func deliverDue() {
        let now = DispatchTime.now()
        while let piece = state.withLock({ $0.pieces.first.flatMap { $0.due <= now ? $0 : nil } }) {
            state.withLock { state in
                state.pieces.removeFirst()
                state.bytes -= piece.bytes?.count ?? 0
            }
            if let bytes = piece.bytes {
                target.write(bytes)
            } else {
                end()
            }
        }
        wake()
        pauseIfFull()
        resumeIfRoom(targetBytes: target.pendingBytes)
    }

    private func end() {
        target.finishWriting()
        let then = state.withLock { state in
            state.hasEnded = true
            defer { state.onEnd = nil }
            return state.onEnd
        }
        then?()
    }

    private func pauseIfFull() {
        let waiting = target.pendingBytes
        let isFull = state.withLock { state in
            guard !state.isPaused, state.bytes + waiting > Self.bytesMax else { return false }
            state.isPaused = true
            return true
        }
        if isFull { source.pauseReading() }
    }

    private func resumeIfRoom(targetBytes: Int) {
        let hasRoom = state.withLock { state in
            guard state.isPaused, state.bytes + targetBytes <= Self.bytesMax / 2 else { return false }
            state.isPaused = false
            return true
        }
        if hasRoom { source.resumeReading() }
    }
}
