import Glibc
import ServiceDesk
import Standards
import Synchronization

/// The channel of who has none yet: one JSON object a line of `notices.jsonl`, appended and synced. It honours its
/// keys, so what is uncertain may be repeated.
final class NoticeFile: Sendable {
    private struct Known {
        var keys: Set<String> = []
        /// Of the whole lines: one that was cut off is no notice. Nil before the file was read.
        var length: Int?
    }

    /// Bytes of a line; a longer one is none of ours.
    static let lineBytesMax = 1 << 16

    private let folder: DataFolder
    private let known = Mutex(Known())

    init(folder: DataFolder) { self.folder = folder }

    /// - Throws: ``NodeError`` if the line is not on the disk.
    func send(_ body: JSONValue, key: String) throws {
        try known.withLock { known in
            let descriptor = open(folder.notices, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw failure("opened") }
            defer { close(descriptor) }
            var facts = stat()
            guard fstat(descriptor, &facts) == 0 else { throw failure("read") }
            // Somebody may have put it aside meanwhile.
            if known.length != Int(facts.st_size) { known = try read(descriptor) }
            var keys = known.keys
            let length = known.length ?? 0
            // Until all is on the disk nothing is known of the file.
            known = Known()
            guard ftruncate(descriptor, length) == 0 else { throw failure("written") }
            let line = keys.contains(key) ? [] : body.bytes() + [0x0A]
            let written = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard written == line.count, fsync(descriptor) == 0, folder.sync() else { throw failure("written") }
            keys.insert(key)
            known = Known(keys: keys, length: length + line.count)
        }
    }

    /// Piece by piece: the file is never cut down, so it may be long.
    private func read(_ descriptor: CInt) throws -> Known {
        var known = Known(length: 0)
        var (line, offset) = ([UInt8](), 0)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, offset) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read") }
            guard count > 0 else { return known }
            var rest = buffer[..<count]
            while let end = rest.firstIndex(of: 0x0A) {
                if line.count <= Self.lineBytesMax { line += rest[..<end] }
                if let key = (try? JSONValue(parsing: line, sizeLimit: Self.lineBytesMax))?["key"]?.stringValue {
                    known.keys.insert(key)
                }
                known.length = offset + end + 1
                line = []
                rest = rest[(end + 1)...]
            }
            if line.count <= Self.lineBytesMax { line += rest }
            offset += count
        }
    }

    private func failure(_ what: String) -> NodeError {
        NodeError(
            .readOnly, "\(folder.notices) cannot be \(what) (\(String(cString: strerror(errno)))).",
            remedy: "Make room on the disk; the notice is repeated under its key.")
    }
}
