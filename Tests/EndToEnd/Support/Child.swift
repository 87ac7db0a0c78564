import Foundation
import Glibc
import Synchronization

/// A process, usually of the command under test. What it says goes to files; its standard input is a pipe, so that a
/// node started with `--until-eof` never outlives the tests, however they end.
final class Child: Sendable {
    struct Ending: Hashable, Sendable {
        /// The exit code, or nil when a signal ended it.
        let code: Int32?
        let signal: Int32?
    }

    private struct State {
        var input: Int32
        var ending: Ending?
    }

    /// Two tests may start processes at a time, and neither process must keep the other's input open.
    private static let starting = Mutex(())

    let pid: pid_t
    private let state: Mutex<State>

    /// - Parameters:
    ///   - output: the file for standard output; it is appended to.
    ///   - log: the file for standard error; it is appended to.
    init(
        _ arguments: [String], program: String = ProjectFiles.command, output: String, log: String,
        environment extra: [String: String] = [:]
    ) throws {
        var ends: [Int32] = [-1, -1]
        let isOpen = Self.starting.withLock { _ in
            guard pipe(&ends) == 0 else { return false }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return true
        }
        guard isOpen else { throw Failure("no pipe: \(String(cString: strerror(errno)))") }
        defer { close(ends[0]) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let environment = ProcessInfo.processInfo.environment.merging(extra) { $1 }
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        var settings: [UnsafeMutablePointer<CChar>?] =
            environment.keys.sorted().map { strdup("\($0)=\(environment[$0] ?? "")") } + [nil]
        defer { for pointer in words + settings { free(pointer) } }
        var child: pid_t = 0
        let code = Self.starting.withLock { _ in
            posix_spawn(&child, program, &actions, nil, &words, &settings)
        }
        guard code == 0 else {
            close(ends[1])
            throw Failure("\(program) does not start: \(String(cString: strerror(code)))")
        }
        pid = child
        state = Mutex(State(input: ends[1], ending: nil))
    }

    deinit {
        if ending() == nil {
            kill(pid, SIGKILL)
            var status: Int32 = 0
            waitpid(pid, &status, 0)
        }
        closeInput()
    }

    func send(_ signal: Int32) {
        if ending() == nil { kill(pid, signal) }
    }

    /// Ends its standard input.
    func closeInput() {
        state.withLock { state in
            if state.input >= 0 { close(state.input) }
            state.input = -1
        }
    }

    /// How it ended, or nil while it runs.
    func ending() -> Ending? {
        state.withLock { state in
            if state.ending != nil { return state.ending }
            var status: Int32 = 0
            guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
            let signal = status & 0x7F
            state.ending =
                signal == 0 ? Ending(code: (status >> 8) & 0xFF, signal: nil) : Ending(code: nil, signal: signal)
            return state.ending
        }
    }

    /// Waits for its end; a process that does not end is killed.
    func wait(seconds: Double = Moment.patienceSeconds, _ what: String) throws -> Ending {
        do {
            try Moment.wait(for: "the end of \(what)", seconds: seconds) { ending() != nil }
        } catch {
            kill(pid, SIGKILL)
            try Moment.wait(for: "the end of \(what), killed") { ending() != nil }
            throw error
        }
        return ending() ?? Ending(code: nil, signal: nil)
    }
}
