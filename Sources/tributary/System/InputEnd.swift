import Foundation
import Glibc

/// Tells of the end of standard input: a parent that holds the other end of a pipe has gone, however it went.
enum InputEnd {
    /// Reads and drops what comes, on a thread of its own, and calls back once at the end.
    static func watch(_ handler: @escaping @Sendable () -> Void) {
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 512)
            while true {
                let count = read(STDIN_FILENO, &buffer, buffer.count)
                if count > 0 || (count < 0 && errno == EINTR) { continue }
                break
            }
            handler()
        }
    }
}
