import Foundation

/// The most that a target may take while it deals with one input, beside what the process had before.
enum MemoryBound {
    /// In MiB. An input is small or as large as its own limit allows; what it unfolds to is what is bounded here.
    static func mebibytes(of target: FuzzTarget) -> Int {
        switch target {
        case .wire: 256
        case .http: 32
        case .csv: 96
        case .map: 128
        case .pack: 384
        case .topology: 128
        case .patch: 128
        }
    }

    /// Lets this process have so much more memory and no more: beyond it an allocation fails, and Swift traps.
    ///
    /// For a process of its own: a limit of the system's cannot be raised again by everyone.
    static func impose(mebibytes: Int) throws {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmData:") }
        guard let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) }) else {
            throw BrokenProperty(description: "this system does not say how much memory the process has")
        }
        var limit = rlimit()
        limit.rlim_cur = UInt((kibibytes + mebibytes * 1_024) * 1_024)
        limit.rlim_max = limit.rlim_cur
        guard setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit) == 0 else {
            throw BrokenProperty(description: "the memory could not be bounded: error \(errno)")
        }
    }
}
