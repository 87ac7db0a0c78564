import Foundation
import Glibc

/// What rescues do with files: nothing of it deletes what was there.
enum Files {
    /// Copies a file, for its owner's eyes only, and puts it on the disk.
    static func copy(_ source: String, to target: String) throws {
        let from = open(source, O_RDONLY | O_CLOEXEC)
        guard from >= 0 else { throw failure("read", source) }
        defer { close(from) }
        let to = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard to >= 0 else { throw failure("written", target) }
        defer { close(to) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(from, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read", source) }
            guard count > 0 else { break }
            var rest = buffer[..<count]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { write(to, $0.baseAddress, $0.count) }
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw failure("written", target) }
                rest = rest.dropFirst(written)
            }
        }
        guard fsync(to) == 0 else { throw failure("written", target) }
    }

    /// Makes an empty file, for its owner's eyes only.
    static func touch(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("written", path) }
        close(descriptor)
    }

    /// Removes a database of which nothing is worth anything.
    static func removeDatabase(_ path: String) {
        for end in ["", "-wal", "-shm", "-journal"] { unlink(path + end) }
    }

    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("read", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("written", path) }
    }

    static func move(_ source: String, to target: String) throws {
        guard rename(source, target) == 0 else { throw failure("moved", source) }
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    static func size(_ path: String) -> Int {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int(facts.st_size) : 0
    }

    /// Whether one broken disk can take both.
    static func areOnOneDisk(_ one: String, _ other: String) -> Bool {
        var (first, second) = (stat(), stat())
        return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev
    }

    private static func failure(_ what: String, _ path: String) -> NodeError {
        NodeError(
            .badFolder, "\(path) cannot be \(what) (\(String(cString: strerror(errno)))).",
            remedy: "Check the disk's room and the folder's rights.")
    }
}
