import Foundation
import Standards

/// Words about the machine that was measured, and the day.
enum Machine {
    private static let charactersMax = 200

    /// Cores, and what kind they are.
    static var words: String {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let words = ["\(cores) core\(cores == 1 ? "" : "s")", processor].compactMap(\.self).joined(separator: ", ")
        return String(PlainText.line(words).prefix(charactersMax))
    }

    /// As Linux names it.
    private static var processor: String? {
        let bytes = FileManager.default.contents(atPath: "/proc/cpuinfo") ?? Data()
        let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("model name") }
        guard let colon = line?.firstIndex(of: ":") else { return nil }
        return line?[colon...].dropFirst().trimmingCharacters(in: .whitespaces)
    }

    /// Today in UTC, as `2026-02-14`.
    static var today: String {
        let day = CivilDate(daysSince1970: Int((Date().timeIntervalSince1970 / 86_400).rounded(.down)))
        return day?.description ?? ""
    }
}
