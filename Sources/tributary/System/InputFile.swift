import Glibc

/// Reads files the operator named, whole with a limit or in pieces.
final class InputFile {
    /// Bytes a piece.
    static let pieceBytes = 64 * 1024

    private let descriptor: CInt
    private let path: String
    /// The file's size when it was opened, or nil for a pipe.
    let size: Int?

    convenience init(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.error(path, errno) }
        self.init(descriptor: descriptor, path)
    }

    /// Takes over an open descriptor and closes it at its end.
    /// - Parameter path: what errors call it.
    init(descriptor: CInt, _ path: String) {
        self.path = path
        self.descriptor = descriptor
        var facts = stat()
        fstat(descriptor, &facts)
        size = facts.st_mode & S_IFMT == S_IFREG ? Int(facts.st_size) : nil
    }

    deinit { close(descriptor) }

    /// The next piece; empty at the end.
    func next() throws -> [UInt8] {
        while true {
            var count = 0
            let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceBytes) { buffer, initialised in
                count = read(descriptor, buffer.baseAddress, buffer.count)
                initialised = max(0, count)
            }
            if count >= 0 { return piece }
            if errno != EINTR { throw Self.error(path, errno) }
        }
    }

    /// A whole file of at most `limit` bytes.
    static func bytes(_ path: String, limit: Int) throws -> [UInt8] {
        let file = try InputFile(path)
        var bytes: [UInt8] = []
        while true {
            let piece = try file.next()
            if piece.isEmpty { return bytes }
            bytes += piece
            guard bytes.count <= limit else {
                throw CommandError(
                    .usage, "read \(path)", reason: "it has more than \(limit) bytes", remedy: "give another file")
            }
        }
    }

    private static func error(_ path: String, _ code: CInt) -> CommandError {
        if code == EISDIR {
            return CommandError(.usage, "read \(path)", reason: "it is a directory", remedy: "name a file in it")
        }
        let reason = String(cString: strerror(code)).lowercased()
        return CommandError(.usage, "read \(path)", reason: reason, remedy: "check the path")
    }
}
