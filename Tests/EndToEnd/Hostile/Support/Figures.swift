import Foundation
import Standards

/// What the system says of a running process.
struct Figures {
    let pid: pid_t

    /// The most memory it has ever held, in MiB.
    func peakMiB() throws -> Int {
        let lines = Scratch.text(of: "/proc/\(pid)/status").split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix("VmHWM:") }),
            let kibibytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({
                Int($0)
            })
        else { throw Failure("process \(pid) has no figures") }
        return kibibytes / 1_024
    }

    func descriptors() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count
    }
}

extension TestNode {
    func figures() throws -> Figures {
        let run = try JSONValue(parsing: Scratch.text(of: folder + "/run.json"), sizeLimit: 64 * 1024)
        return Figures(pid: pid_t(try run.number("pid")))
    }

    /// Bytes that it has said.
    func logBytes() -> Int { Scratch.text(of: logPath).utf8.count }
}
