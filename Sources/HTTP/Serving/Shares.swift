import Synchronization

/// What all connections of a server share, so that no caller and no crowd takes all of it: the bytes of bodies held for
/// requests not yet answered, and the requests under way of each caller.
final class Shares: Sendable {
    private struct Taken {
        var bodyBytes = 0
        var requests: [String: Int] = [:]
    }

    let bodyBytesMax: Int
    private let taken = Mutex(Taken())

    init(bodyBytesMax: Int) {
        self.bodyBytesMax = bodyBytesMax
    }

    /// Takes so many bytes; false, and nothing taken, when they would not fit.
    func takeBody(_ bytes: Int) -> Bool {
        taken.withLock { taken in
            guard bytes <= bodyBytesMax - taken.bodyBytes else { return false }
            taken.bodyBytes += bytes
            return true
        }
    }

    func giveBackBody(_ bytes: Int) {
        taken.withLock { $0.bodyBytes -= bytes }
    }

    /// Counts one request more; false, and nothing counted, when its caller has as many as it may.
    func enter(_ caller: Caller) -> Bool {
        taken.withLock { taken in
            guard taken.requests[caller.name, default: 0] < caller.requestsMax else { return false }
            taken.requests[caller.name, default: 0] += 1
            return true
        }
    }

    func leave(_ caller: Caller) {
        taken.withLock { taken in
            let left = taken.requests[caller.name, default: 0] - 1
            taken.requests[caller.name] = left > 0 ? left : nil
        }
    }
}
