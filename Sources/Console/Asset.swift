import CConsole
import Hashing

/// A file of the console, as browsers are given it.
public struct Asset: Sendable {
    /// As it lies in the folder, without one: `app.js`.
    public let name: String
    public let mediaType: String
    /// What is sent: the file without what only readers of the source need.
    public let bytes: [UInt8]
    /// Names the content, quotes included: equal bytes have equal tags at every site.
    public let entityTag: String

    private init(_ file: console_file) {
        name = String(cString: file.name)
        mediaType = Self.mediaType(of: name)
        bytes = Shortening.apply(to: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)), name: name)
        let digest = SHA256.hash(bytes).prefix(12).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        entityTag = "\"\(digest.joined())\""
    }

    /// All files, by name; read and hashed when the first is asked for.
    public static let all: [Asset] = {
        var count = 0
        guard let files = console_files(&count) else { return [] }
        return (0..<count).map { Asset(files[$0]) }.sorted { $0.name < $1.name }
    }()

    public static func named(_ name: String) -> Asset? { all.first { $0.name == name } }

    private static func mediaType(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        default: "application/octet-stream"
        }
    }
}
