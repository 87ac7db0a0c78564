import Glibc
import Synchronization

/// An exclusive lock on a data folder, held by one process.
///
/// The kernel holds it (`flock`), so a crash releases it and a stale file locks nobody out. The file says who
/// holds it, for the message to the second process; it is left in place on release, because removing it would
/// let two processes lock two files of the same name.
public final class LockFile: Sendable {
    /// The most of the holder's note that is read, in bytes.
    public static let noteByteLimit = 256

    private let descriptor: Mutex<Int32?>

    /// Takes the lock, without waiting.
    ///
    /// - Parameters:
    ///   - path: the file, made when missing, readable by its owner only.
    ///   - name: what the holder is called in the message to a second process.
    /// - Throws: ``SQLiteError`` of kind `locked`, naming the holder's process; of kind `ioError` when the file
    ///   cannot be made.
    public init(path: String, name: String) throws {
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else { throw Self.failure("the lock file cannot be opened", errno) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            let holder = Self.note(in: opened)
            Glibc.close(opened)
            guard code == EWOULDBLOCK else { throw Self.failure("the lock file cannot be locked", code) }
            throw SQLiteError(
                kind: .locked, operation: .lock, message: "the data folder is in use by \(holder) (\(path))")
        }
        descriptor = Mutex(opened)
        // The note is a help to people only: a full disk must not keep the program from starting to read.
        let note = Array("process \(getpid()), \(name)\n".utf8.prefix(Self.noteByteLimit))
        if ftruncate(opened, 0) == 0 {
            _ = pwrite(opened, note, note.count, 0)
        }
    }

    deinit {
        release()
    }

    /// Gives the lock up; a second call does nothing.
    public func release() {
        descriptor.withLock { descriptor in
            if let held = descriptor {
                Glibc.close(held)
            }
            descriptor = nil
        }
    }

    private static func note(in descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: noteByteLimit)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        // The file may come from anywhere: only plain text goes into a message.
        let text = bytes.prefix(max(count, 0)).prefix { $0 >= 0x20 }
        return text.isEmpty ? "another process" : String(decoding: text, as: UTF8.self)
    }

    private static func failure(_ what: String, _ code: Int32) -> SQLiteError {
        SQLiteError(kind: .ioError, operation: .lock, message: "\(what): \(String(cString: strerror(code)))")
    }
}
