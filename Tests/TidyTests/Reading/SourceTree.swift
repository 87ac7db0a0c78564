import Foundation

/// The texts of the project as they lie on disk, or a small made-up tree for a rule's own test.
struct SourceTree: Sendable {
    /// In the order of their paths.
    let files: [SourceFile]
    /// The names at the root.
    let rootEntries: [String]

    /// Folders at any depth that hold other people's texts or deliberately bad ones, which are not ours to tidy.
    static let foreignFolders: Set<String> = ["Fixtures", "ThirdParty"]

    /// Found from where this file was compiled.
    static var projectRoot: URL {
        (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    }

    /// A tree of texts by path, for tests of rules.
    init(_ texts: [String: String]) {
        files = texts.sorted { $0.key < $1.key }.compactMap { SourceFile(path: $0.key, text: $0.value) }
        rootEntries = Set(texts.keys.compactMap { $0.split(separator: "/").first.map(String.init) }).sorted()
    }

    /// Reads everything below `root` that is a text of ours. Names that begin with a dot are left out, `.ci` excepted.
    init(root: URL) throws {
        let manager = FileManager.default
        rootEntries = try manager.contentsOfDirectory(atPath: root.path).sorted()
        var files: [SourceFile] = []
        var waiting = rootEntries.filter { !$0.hasPrefix(".") || $0 == ".ci" }
        while let path = waiting.popLast() {
            let url = root.appendingPathComponent(path)
            var isFolder: ObjCBool = false
            guard manager.fileExists(atPath: url.path, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                let inside = try manager.contentsOfDirectory(atPath: url.path)
                    .filter { !$0.hasPrefix(".") && !Self.foreignFolders.contains($0) }
                waiting += inside.map { "\(path)/\($0)" }
            } else if let text = String(bytes: try Data(contentsOf: url), encoding: .utf8) {
                SourceFile(path: path, text: text).map { files.append($0) }
            }
        }
        self.files = files.sorted { $0.path < $1.path }
    }

    var swiftFiles: [SourceFile] { files.filter { $0.kind == .swift } }

    var codeFiles: [SourceFile] { files.filter { $0.kind != .text } }
}
