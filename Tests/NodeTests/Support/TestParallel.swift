import Dispatch
import Synchronization

/// Does the same many times at once.
enum TestParallel {
    static func map<T: Sendable>(_ times: Int, _ body: @escaping @Sendable (Int) throws -> T) throws -> [T] {
        let results = Mutex<[Result<T, any Error>]>([])
        DispatchQueue.concurrentPerform(iterations: times) { number in
            let result = Result { try body(number) }
            results.withLock { $0.append(result) }
        }
        return try results.withLock { $0 }.map { try $0.get() }
    }
}
