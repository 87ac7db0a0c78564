import Foundation
import Glibc

/// A child process that ends by itself, and what it took of the machine, as the system tells at its end.
struct WatchedChild: Sendable {
    /// By the steady clock.
    let seconds: Double
    /// The most memory that it held at once.
    let peakMebibytes: Double

    /// Runs a program and waits for its end.
    ///
    /// - Parameters:
    ///   - what: it is for, in the words of an error.
    ///   - log: a file that gets its output, appended.
    /// - Throws: when it cannot be started or does not succeed; the error quotes the last lines it wrote.
    init(_ program: String, _ arguments: [String], to what: String, log: String) throws {
        let start = Environment.steadySeconds()
        let child = try Self.spawn(program, arguments, log: log)
        var status: Int32 = 0
        var usage = rusage()
        while wait4(child, &status, 0, &usage) < 0 {
            guard errno == EINTR else {
                throw CommandError(.no, what, reason: "\(program) cannot be waited for", remedy: "try again")
            }
        }
        seconds = Environment.steadySeconds() - start
        // In KiB on Linux.
        peakMebibytes = Double(usage.ru_maxrss) / 1_024
        guard status == 0 else {
            let written = (try? InputFile.bytes(log, limit: 16 << 20)) ?? []
            let lines = String(decoding: written, as: UTF8.self).split(separator: "\n").suffix(5)
            let signal = status & 0x7F
            throw CommandError(
                .no, what, reason: signal == 0 ? "it ended with \(status >> 8)" : "signal \(signal) ended it",
                remedy: "run it by itself: \(([program] + arguments).joined(separator: " "))",
                details: lines.map { PlainText.line(String($0)) })
        }
    }

    private static func spawn(_ program: String, _ arguments: [String], log: String) throws -> pid_t {
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO)
        let surroundings = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        var child: pid_t = 0
        let code = withStrings([program] + arguments) { words in
            withStrings(surroundings) { posix_spawn(&child, program, &files, nil, words, $0) }
        }
        guard code == 0 else {
            throw CommandError(
                .no, "start \(program)", reason: String(cString: strerror(code)).lowercased(),
                remedy: "see that it may be executed")
        }
        return child
    }

    /// Lends texts as C wants a list of them.
    private static func withStrings<T>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> T
    ) -> T {
        let copies = texts.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        return body(copies)
    }
}
