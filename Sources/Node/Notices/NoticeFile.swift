import Foundation
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

    private let folder: DataFolder
    private let known = Mutex(Known())

    init(folder: DataFolder) { self.folder = folder }

    /// - Throws: ``NodeError`` if the line is not on the disk.
    func send(_ body: JSONValue, key: String) throws {
        try known.withLock { known in
            let descriptor = open(folder.notices, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw failure() }
            defer { close(descriptor) }
            var facts = stat()
            guard fstat(descriptor, &facts) == 0 else { throw failure() }
            // Somebody may have put it aside meanwhile.
            if known.length != Int(facts.st_size) { known = read() }
            guard ftruncate(descriptor, known.length ?? 0) == 0 else { throw failure() }
            let line = known.keys.contains(key) ? [] : body.bytes() + [0x0A]
            // Until all is on the disk nothing is known of the file.
            let (keys, length) = (known.keys, known.length ?? 0)
            known = Known()
            let written = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard written == line.count, fsync(descriptor) == 0, folder.sync() else { throw failure() }
            known = Known(keys: keys.union([key]), length: length + line.count)
        }
    }

    private func read() -> Known {
        guard let data = FileManager.default.contents(atPath: folder.notices),
            let end = data.lastIndex(of: 0x0A)
        else { return Known(length: 0) }
        let keys = data[...end].split(separator: 0x0A).compactMap { line in
            (try? JSONValue(parsing: Array(line), sizeLimit: 1 << 16))?["key"]?.stringValue
        }
        return Known(keys: Set(keys), length: end + 1)
    }

    private func failure() -> NodeError {
        NodeError(
            .readOnly, "\(folder.notices) cannot be written (\(String(cString: strerror(errno)))).",
            remedy: "Make room on the disk; the notice is repeated under its key.")
    }
}
