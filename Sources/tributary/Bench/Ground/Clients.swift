import Dispatch
import Foundation
import Synchronization

/// Callers of a node, each a thread that waits for its answers.
enum Clients {
    /// Runs all at once and waits for them.
    /// - Throws: the first error, after all have ended.
    static func each(_ count: Int, _ work: @escaping @Sendable (_ client: Int) throws -> Void) throws {
        let failure = Mutex<(any Error)?>(nil)
        let group = DispatchGroup()
        for client in 0..<count {
            group.enter()
            Thread.detachNewThread {
                do {
                    try work(client)
                } catch {
                    failure.withLock { if $0 == nil { $0 = error } }
                }
                group.leave()
            }
        }
        group.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
