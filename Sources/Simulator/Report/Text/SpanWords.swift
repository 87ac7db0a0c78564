/// Spans of time in words.
enum SpanWords {
    /// A blank at which no line breaks.
    private static let tie = "\u{A0}"
    private static let minute: Int64 = 60_000
    private static let hour: Int64 = 3_600_000
    private static let day: Int64 = 86_400_000

    /// With the two largest units: `840 ms`, `12.3 s`, `4 min 20 s`, `31 h 5 min`, `3 d 4 h`.
    static func exact(milliseconds: Int64) -> Words {
        switch milliseconds {
        case ..<1_000: Words(zh: "\(milliseconds)\(tie)毫秒", en: "\(milliseconds)\(tie)ms")
        case ..<minute:
            Words(
                zh: "\(FigureText.tenths(milliseconds / 100))\(tie)秒",
                en: "\(FigureText.tenths(milliseconds / 100))\(tie)s")
        case ..<hour:
            pair(milliseconds / minute, "分", "min", milliseconds % minute / 1_000, "秒", "s")
        case ..<(3 * day):
            pair(milliseconds / hour, "小时", "h", milliseconds % hour / minute, "分", "min")
        default:
            pair(milliseconds / day, "天", "d", milliseconds % day / hour, "小时", "h")
        }
    }

    static func exact(_ span: VirtualTime) -> Words { exact(milliseconds: span.milliseconds) }

    /// With one unit, for a sentence: `31 h`, rounded to the nearest.
    static func rough(milliseconds: Int64) -> Words {
        let (unit, zh, en): (Int64, String, String) =
            switch milliseconds {
            case ..<1_000: (1, "毫秒", "ms")
            case ..<(2 * minute): (1_000, "秒", "s")
            case ..<(2 * hour): (minute, "分钟", "min")
            case ..<(3 * day): (hour, "小时", "h")
            default: (day, "天", "d")
            }
        let count = (milliseconds + unit / 2) / unit
        return Words(zh: "\(count)\(tie)\(zh)", en: "\(count)\(tie)\(en)")
    }

    private static func pair(
        _ large: Int64, _ largeZh: String, _ largeEn: String, _ small: Int64, _ smallZh: String, _ smallEn: String
    ) -> Words {
        let count = FigureText.grouped(large)
        if small == 0 { return Words(zh: "\(count)\(tie)\(largeZh)", en: "\(count)\(tie)\(largeEn)") }
        return Words(
            zh: "\(count)\(tie)\(largeZh)\(tie)\(small)\(tie)\(smallZh)",
            en: "\(count)\(tie)\(largeEn)\(tie)\(small)\(tie)\(smallEn)")
    }
}
