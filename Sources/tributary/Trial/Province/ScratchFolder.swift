import Foundation

/// A folder for a province's sites: made by us and removed again, or the operator's own and kept.
struct ScratchFolder: Sendable {
    let path: String
    let isKept: Bool

    /// - Parameters:
    ///   - kept: the operator's folder, which must be empty or not exist yet.
    ///   - prefix: of the name of a folder that we make.
    init(kept: String?, prefix: String = "tributary-demo") throws {
        let files = FileManager.default
        isKept = kept != nil
        path = kept ?? files.temporaryDirectory.appendingPathComponent("\(prefix)-\(UUID().uuidString)").path
        if let kept, let found = try? files.contentsOfDirectory(atPath: kept), !found.isEmpty {
            throw CommandError(.usage, "use \(kept)", reason: "it is not empty", remedy: "name a new folder")
        }
        do {
            try files.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandError(
                .usage, "make \(path)", reason: "the system refused", remedy: "name a folder you may write to")
        }
    }

    func file(_ name: String) -> String { path + "/" + name }

    /// Removes what we made.
    func remove() {
        if !isKept { try? FileManager.default.removeItem(atPath: path) }
    }
}
