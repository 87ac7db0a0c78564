import Foundation

/// Waits for what another process will bring about, with a deadline.
enum Patience {
    private static let restSeconds = 0.03

    /// Asks again and again until there is an answer.
    ///
    /// - Parameters:
    ///   - what: completes "it never came about that …".
    ///   - probe: gives the answer, or nil as long as there is none; a node that cannot be reached is asked again.
    static func wait<Value>(_ what: String, seconds: Double, _ probe: () throws -> Value?) throws -> Value {
        let end = Environment.steadySeconds() + seconds
        var last: CommandError?
        repeat {
            do {
                if let value = try probe() { return value }
            } catch let error as CommandError where error.isRecoverable {
                last = error
            }
            Thread.sleep(forTimeInterval: restSeconds)
        } while Environment.steadySeconds() < end
        throw CommandError(
            .no, "see that \(what)", reason: "it did not come about within \(Int(seconds)) s",
            remedy: "look into the nodes' logs", details: last.map { [$0.description] } ?? [])
    }

    /// Asks again and again until it is so.
    static func wait(until what: String, seconds: Double, _ probe: () throws -> Bool) throws {
        _ = try wait(what, seconds: seconds) { try probe() ? true : nil }
    }
}
