import Glibc
import Standards

/// The data folder of a site, as far as a command may look into it.
struct DataFolder: Hashable, Sendable {
    /// What a serving node says of itself in `run.json`.
    struct Running: Hashable, Sendable {
        let url: String
        let processID: Int32
        let site: String
    }

    private static let fileBytesMax = 64 * 1024

    let path: String

    /// The API's token that the node left here.
    func token() throws -> String {
        let bytes = try InputFile.bytes(path + "/token", limit: Self.fileBytesMax)
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined()
    }

    /// The node that serves this folder, or nil when none does. A node that was killed leaves its file behind.
    func running() -> Running? {
        guard let bytes = try? InputFile.bytes(path + "/run.json", limit: Self.fileBytesMax),
            let json = try? JSONValue(parsing: bytes, sizeLimit: Self.fileBytesMax),
            let url = json["url"]?.stringValue, let number = json["pid"]?.intValue, let pid = Int32(exactly: number),
            let site = json["site"]?.stringValue, kill(pid, 0) == 0 || errno == EPERM
        else { return nil }
        return Running(url: url, processID: pid, site: site)
    }
}
