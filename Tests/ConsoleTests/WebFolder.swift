import Console
import Foundation

/// The console's sources, as they lie in the repository.
enum WebFolder {
    static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Sources/CConsole/web").path

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
    }

    /// The sources of the program's scripts, by name.
    static var scripts: [(name: String, text: String)] {
        Asset.all.map(\.name).filter { $0.hasSuffix(".js") }.map { ($0, (try? text($0)) ?? "") }
    }

    static func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }
}

/// What modules import as they are loaded; what is imported on demand, `import('…')`, is not.
enum Modules {
    struct Missing: Error { let name: String }

    static func loadedAtOnce(from first: [String]) throws -> [String] {
        var (found, waiting) = (Set<String>(), first)
        while let name = waiting.popLast() {
            guard found.insert(name).inserted else { continue }
            guard let asset = Asset.named(name) else { throw Missing(name: name) }
            waiting += imports(try WebFolder.text(asset.name))
        }
        return found.sorted()
    }

    static func imports(_ text: String) -> [String] {
        text.matches(of: /(?m)^(?:import|export) [^'\n]*'\.\/([a-z]+\.js)'/).map { String($0.1) }
    }
}
