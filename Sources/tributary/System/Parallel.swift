import Dispatch
import Synchronization

/// Does the same to several things at once, and waits for all.
enum Parallel {
    /// - Throws: the first error, after all have ended.
    static func each<Element: Sendable>(
        _ elements: [Element], _ work: @escaping @Sendable (Element) throws -> Void
    ) throws {
        let failure = Mutex<(any Error)?>(nil)
        DispatchQueue.concurrentPerform(iterations: elements.count) { index in
            do {
                try work(elements[index])
            } catch {
                failure.withLock { if $0 == nil { $0 = error } }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
