import Dispatch

/// Calls back at a steady pace until it is cancelled.
final class Ticker: Sendable {
    private let source: DispatchSource

    init(everySeconds seconds: Double, queue: DispatchQueue, _ handler: @escaping @Sendable () -> Void) {
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + seconds, repeating: seconds, leeway: .milliseconds(5))
        timer.setEventHandler(handler: handler)
        guard let source = timer as? DispatchSource else {
            preconditionFailure("Dispatch makes sources of its own class")
        }
        self.source = source
        source.resume()
    }

    func cancel() {
        source.cancel()
    }
}
