import Foundation
import Glibc

/// What the system says of a process and of files, as Linux shows it.
enum ProcessFigures {
    struct Usage: Hashable, Sendable {
        /// VmRSS.
        let memoryBytes: Int
        let descriptors: Int
        let threads: Int
    }

    private static let statusBytesMax = 64 * 1024

    /// - Returns: nil when the process is gone, or going.
    static func process(_ processID: Int32) -> Usage? {
        guard let status = try? InputFile.bytes("/proc/\(processID)/status", limit: statusBytesMax),
            let kilobytes = figure("VmRSS:", in: status), let threads = figure("Threads:", in: status),
            let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(processID)/fd").count
        else { return nil }
        return Usage(memoryBytes: kilobytes << 10, descriptors: descriptors, threads: threads)
    }

    /// The first number on the line that begins with `name`.
    static func figure(_ name: String, in status: [UInt8]) -> Int? {
        let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix(name) }) else { return nil }
        return line.dropFirst(name.count).split(whereSeparator: \.isWhitespace).first.flatMap { Int($0) }
    }

    /// A file's length in bytes; 0 when there is none.
    static func fileBytes(_ path: String) -> Int {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int(facts.st_size) : 0
    }
}
