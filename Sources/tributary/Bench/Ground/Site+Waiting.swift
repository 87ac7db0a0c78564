import Dispatch
import Node
import Replication
import Synchronization

extension Site {
    /// Writes through the site's writer and waits for the commit.
    func perform<T: Sendable>(
        _ name: String, _ body: @escaping @Sendable (inout Session, Int64) throws -> T
    ) throws -> T {
        let done = DispatchSemaphore(value: 0)
        let outcome = Mutex<Result<T, any Error>?>(nil)
        write(name, body) { result in
            outcome.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        guard let result = outcome.withLock({ $0 }) else { preconditionFailure("a completion is called once") }
        return try result.get()
    }
}
