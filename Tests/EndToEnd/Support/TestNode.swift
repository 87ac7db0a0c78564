import Foundation
import Glibc
import Standards
import Synchronization

/// A hub or a branch in a process of its own, and what a client needs to speak with it.
final class TestNode: Sendable {
    enum Role: String, Sendable {
        case hub
        case branch
    }

    let role: Role
    let folder: String
    private let child = Mutex<Child?>(nil)
    private let port = Mutex<UInt16>(0)

    init(_ role: Role, folder: String) {
        self.role = role
        self.folder = folder
    }

    var logPath: String { folder + ".log" }

    var token: String { Scratch.text(of: folder + "/token").trimmingCharacters(in: .whitespacesAndNewlines) }

    var url: String { "http://127.0.0.1:\(port.withLock { $0 })" }

    var client: WebClient { WebClient(port: port.withLock { $0 }) }

    /// What `node.json` says.
    func configuration() throws -> JSONValue {
        try JSONValue(parsing: Scratch.text(of: folder + "/node.json"), sizeLimit: 64 * 1024)
    }

    /// Starts the process and waits until it serves.
    /// - Parameters:
    ///   - descriptorsMax: how many descriptors it may have; as many as the tests otherwise.
    ///   - authority: the file of the one certificate authority that it trusts; those of the machine otherwise.
    func start(descriptorsMax: Int? = nil, trusting authority: String? = nil) throws {
        var words = [ProjectFiles.command, role.rawValue, "run", "--data", folder, "--until-eof"]
        if let descriptorsMax {
            words = ["/bin/sh", "-c", "ulimit -n \(descriptorsMax) && exec \"$0\" \"$@\""] + words
        }
        if let authority { words = try PrivateTrust.words(authority, words) }
        let started = try Child(
            Array(words.dropFirst()), program: words[0], output: folder + ".out", log: logPath)
        child.withLock { $0 = started }
        try Moment.wait(for: "\(folder) to serve") {
            if let ending = started.ending() {
                throw Failure("it ended: \(ending)")
            }
            let run = try JSONValue(parsing: Scratch.text(of: folder + "/run.json"), sizeLimit: 64 * 1024)
            guard try run.number("pid") == Int(started.pid) else { return false }
            let found = try run.text("url").split(separator: ":").last.flatMap { UInt16($0) }
            port.withLock { $0 = found ?? 0 }
            return try client.send("GET", "/healthz").status == 200
        }
    }

    /// Asks it to stop and returns how it ended.
    @discardableResult
    func stop(_ signal: Int32 = SIGTERM) throws -> Child.Ending {
        try stop("signal \(signal)") { $0.send(signal) }
    }

    /// Ends its standard input.
    func stopByInput() throws -> Child.Ending {
        try stop("the end of its input") { $0.closeInput() }
    }

    private func stop(_ means: String, _ tell: (Child) -> Void) throws -> Child.Ending {
        guard let running = child.withLock({ $0 }) else { throw Failure("\(folder) does not run") }
        tell(running)
        let ending = try running.wait("\(folder) after \(means)")
        child.withLock { $0 = nil }
        return ending
    }

    /// As a power cut does it.
    func kill() throws { try stop(SIGKILL) }

    /// Ends it if it runs, without a word.
    func end() {
        if child.withLock({ $0 }) != nil { try? kill() }
    }

    /// The last lines of what it said and, if nobody ended it, how it ended: for the report of a failure.
    var lastWords: String {
        let said = Scratch.text(of: logPath).split(separator: "\n").suffix(25).joined(separator: "\n")
        return said + (child.withLock { $0?.ending() }.map { "\nended by itself: \($0)" } ?? "")
    }
}
