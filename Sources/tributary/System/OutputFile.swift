import Glibc

/// Writes files that a command leaves behind.
enum OutputFile {
    /// Replaces a file in one step, so that a reader never sees half of it.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let draft = path + ".new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw error(path) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let failure = error(path)
                close(descriptor)
                unlink(draft)
                throw failure
            }
            rest = rest.dropFirst(count)
        }
        close(descriptor)
        guard rename(draft, path) == 0 else { throw error(path) }
    }

    /// Refuses a place where no file can be written, before the work begins whose outcome is meant for it.
    static func check(_ path: String) throws {
        var facts = stat()
        if stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR {
            throw CommandError(
                .usage, "write \(path)", reason: "it is a directory", remedy: "name a file to be made in it")
        }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        guard access(folder, W_OK) == 0 else { throw error(path) }
    }

    private static func error(_ path: String) -> CommandError {
        let reason = String(cString: strerror(errno)).lowercased()
        return CommandError(.usage, "write \(path)", reason: reason, remedy: "choose another place")
    }
}
