import Foundation
import Synchronization

/// One line an event on standard error. Never a customer's data; repeated lines are counted, not repeated.
public final class Log: Sendable {
    /// The same line is written again after this long at the earliest, in milliseconds.
    public static let repeatMilliseconds: Int64 = 10_000
    /// Different lines remembered for that.
    public static let remembered = 256

    private struct Memory {
        var lines: [String: (at: Int64, suppressed: Int)] = [:]
    }

    private let site: String
    private let time: TimeText
    private let memory = Mutex(Memory())

    public init(site: String, timeZone: String) {
        self.site = site
        time = TimeText(timeZone)
    }

    /// - Parameter area: what part of the node speaks: `exchange`, `storage`, `http`.
    public func line(_ area: String, _ text: String) {
        let steady = SystemClock.steady()
        let suppressed: Int? = memory.withLock { memory in
            let key = area + text
            if let last = memory.lines[key], steady - last.at < Self.repeatMilliseconds {
                memory.lines[key] = (last.at, last.suppressed + 1)
                return nil
            }
            let count = memory.lines[key]?.suppressed ?? 0
            if memory.lines.count >= Self.remembered { memory.lines.removeAll() }
            memory.lines[key] = (steady, 0)
            return count
        }
        guard let suppressed else { return }
        let again = suppressed > 0 ? " (\(suppressed) more like this)" : ""
        let line = "\(time.text(SystemClock.wall())) \(site) \(area): \(text)\(again)\n"
        FileHandle.standardError.write(Data(line.utf8))
    }
}
