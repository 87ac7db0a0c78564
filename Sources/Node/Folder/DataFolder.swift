import Foundation
import Glibc

/// A site's folder: its database, its configuration and its secrets, readable by nobody else.
public struct DataFolder: Sendable {
    public let path: String

    public init(_ path: String) {
        self.path = URL(fileURLWithPath: path).standardizedFileURL.path
    }

    public var database: String { path + "/tributary.db" }
    public var configuration: String { path + "/node.json" }
    public var lock: String { path + "/node.lock" }
    /// The side file: outside the database, so that a database put back is told from it.
    public var starts: String { path + "/starts" }
    /// The bearer token of the API.
    public var token: String { path + "/token" }
    public var hubKey: String { path + "/hub.key" }
    /// Says that the hub key was exported, and which.
    public var keyExport: String { path + "/hub.key.exported" }
    /// In a backup: what it holds, and of when.
    public var backup: String { path + "/backup.json" }
    /// Refunds that were paid out: the hub's channel to whoever pays.
    public var payments: String { path + "/payments.jsonl" }
    /// What customers were told, while there is no gateway.
    public var notices: String { path + "/notices.jsonl" }
    /// How customers are told.
    public var noticeSettings: String { path + "/notices.json" }
    /// Where the running process answers.
    public var run: String { path + "/run.json" }

    /// Makes the folder; refuses one that holds a site already.
    public func create() throws {
        if FileManager.default.fileExists(atPath: configuration) {
            throw NodeError(
                .badFolder, "\(path) holds a site already.",
                remedy: "Choose another folder, or run the site "
                    + "that is there.")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw NodeError(
                .badFolder,
                "\(path) cannot be made "
                    + "(\(error.localizedDescription)).", remedy: "Check the path and its rights.")
        }
    }

    public func read(_ file: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw NodeError(
                .badFolder, "\(file) cannot be read.",
                remedy: "Check --data; a site is made by `tributary hub init` or `tributary branch join`.")
        }
        return Array(data)
    }

    /// Replaces a file as one: a reader sees the old content or the new, and a crash leaves one of them.
    /// - Throws: ``NodeError`` when the disk refuses.
    public func replace(_ file: String, with bytes: [UInt8]) throws {
        let temporary = file + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("written", file) }
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        let isSynced = fsync(descriptor) == 0
        close(descriptor)
        guard written == bytes.count, isSynced, rename(temporary, file) == 0, sync() else {
            throw failure("written", file)
        }
    }

    /// Puts the folder's own entries on the disk.
    func sync() -> Bool {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }

    private func failure(_ what: String, _ file: String) -> NodeError {
        NodeError(
            .badFolder, "\(file) cannot be \(what) (\(String(cString: strerror(errno)))).",
            remedy: "Check the disk's room and the folder's rights.")
    }

    public func remove(_ file: String) { unlink(file) }
}
