import Dispatch
import Foundation
import Glibc

/// A child process that ends when this one does: it holds the reading end of a pipe whose other end is ours alone.
// Safe: everything is set before the process runs; after that Foundation guards what is asked of it with its own lock.
final class ChildProcess: @unchecked Sendable {
    private let process = Process()
    private let input = Pipe()
    private let ended = DispatchSemaphore(value: 0)
    private let log: String

    /// Starts a program.
    ///
    /// - Parameter log: a file that gets its output, appended.
    init(_ program: String, _ arguments: [String], log: String) throws {
        self.log = log
        let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno)).lowercased()
            throw CommandError(.no, "write \(log)", reason: reason, remedy: "choose another folder")
        }
        let output = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        process.standardError = output
        let ended = ended
        process.terminationHandler = { _ in ended.signal() }
        do {
            try process.run()
        } catch {
            throw CommandError(
                .no, "start \(program)", reason: "the system refused", remedy: "see that it may be executed")
        }
    }

    var processID: Int32 { process.processIdentifier }

    var isRunning: Bool { process.isRunning }

    /// Waits for the end of a process that ends by itself.
    ///
    /// - Throws: when it fails or takes too long; the error quotes the last lines it wrote.
    func waitForSuccess(_ what: String, seconds: Double) throws {
        guard waitForEnd(seconds: seconds) else {
            kill()
            throw CommandError(.no, what, reason: "it took more than \(Int(seconds)) s", remedy: "look into \(log)")
        }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw CommandError(
                .no, what, reason: "it ended with \(process.terminationStatus)", remedy: "look into \(log)",
                details: lastLines())
        }
    }

    /// Ends it without a word, as a power cut would, and waits until it is gone.
    func kill() {
        guard process.isRunning else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        _ = waitForEnd(seconds: 10)
    }

    /// Asks it to end in order.
    func askToEnd() {
        try? input.fileHandleForWriting.close()
        if process.isRunning { Glibc.kill(process.processIdentifier, SIGTERM) }
    }

    /// Waits until it has ended, and ends it the hard way if that takes too long.
    ///
    /// - Returns: whether it ended by itself.
    func finish(seconds: Double) -> Bool {
        if waitForEnd(seconds: seconds) { return true }
        kill()
        return false
    }

    /// The end of what it wrote.
    func lastLines(_ count: Int = 5) -> [String] {
        let bytes = (try? InputFile.bytes(log, limit: 16 << 20)) ?? []
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").suffix(count).map {
            PlainText.line(String($0))
        }
    }

    private func waitForEnd(seconds: Double) -> Bool {
        guard process.isRunning else { return true }
        let inTime = ended.wait(timeout: .now() + seconds) == .success
        // Whoever waits next must find it signalled too.
        if inTime { ended.signal() }
        return inTime
    }
}
