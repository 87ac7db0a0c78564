import Dispatch
import Glibc

/// Tells of SIGINT and SIGTERM, so that a command can end in order.
final class Signals {
    private let sources: [any DispatchSourceSignal]

    /// - Parameter handler: called on a background queue for every such signal.
    init(_ handler: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "tributary.signals")
        sources = [SIGINT, SIGTERM].map { number in
            // Otherwise the default action would end the process before the source is told.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler(handler: handler)
            source.resume()
            return source
        }
    }

    /// Waits for the first such signal.
    static func wait() {
        let arrived = DispatchSemaphore(value: 0)
        let signals = Signals { arrived.signal() }
        withExtendedLifetime(signals) { arrived.wait() }
    }
}
