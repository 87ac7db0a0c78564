import Dispatch
import Synchronization

/// Says what a long command is doing, on standard error, when it takes longer than anybody likes to wait unknowing.
enum Heartbeat {
    private static let patienceSeconds = 2.0
    private static let pauseSeconds = 5.0

    /// Runs `body`, which names its steps as it comes to them.
    static func during<T>(_ body: ((String) -> Void) throws -> T) rethrows -> T {
        let step = Step()
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "tributary.heartbeat"))
        timer.schedule(deadline: .now() + patienceSeconds, repeating: pauseSeconds)
        timer.setEventHandler { step.say() }
        timer.resume()
        defer { timer.cancel() }
        return try body { step.begin($0) }
    }

    private final class Step: Sendable {
        private let text = Mutex("")

        func begin(_ step: String) { text.withLock { $0 = step } }

        func say() { Terminal.note(text.withLock { $0 } + " …") }
    }
}
