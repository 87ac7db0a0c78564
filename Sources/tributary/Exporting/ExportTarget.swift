import Glibc

/// Where an export goes: standard output, or a file that is there when it is whole and not before.
final class ExportTarget {
    /// What stands for standard output.
    static let standardOutput = "-"

    private let path: String
    private let descriptor: CInt
    private var isDone = false

    private var isFile: Bool { path != Self.standardOutput }
    private var draft: String { path + ".part" }

    /// A file is written beside its place, for the owner's eyes only: it holds what customers have said.
    init(_ path: String) throws {
        self.path = path
        guard path != Self.standardOutput else {
            descriptor = STDOUT_FILENO
            return
        }
        descriptor = open(path + ".part", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.error(path, errno) }
    }

    deinit {
        guard isFile, !isDone, descriptor >= 0 else { return }
        close(descriptor)
        unlink(draft)
    }

    func write(_ piece: [UInt8]) throws {
        var rest = piece[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.error(path, errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Puts the file into its place, on the disk with all its bytes.
    func finish() throws {
        guard isFile else { return }
        guard fsync(descriptor) == 0 else { throw Self.error(path, errno) }
        guard rename(draft, path) == 0 else { throw Self.error(path, errno) }
        isDone = true
        close(descriptor)
    }

    private static func error(_ path: String, _ code: CInt) -> CommandError {
        let name = path == standardOutput ? "the standard output" : path
        let reason = String(cString: strerror(code)).lowercased()
        return CommandError(.usage, "write \(name)", reason: reason, remedy: "choose another place, or make room")
    }
}
