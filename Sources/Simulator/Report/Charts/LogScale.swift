/// Maps spans of time onto a height by their logarithm, in integers: the logarithms of two machines may differ in their
/// last digit.
struct LogScale {
    private static let marks: [(milliseconds: Int64, words: Words)] = [
        (10, Words(zh: "10 毫秒", en: "10 ms")), (100, Words(zh: "0.1 秒", en: "0.1 s")),
        (1_000, Words(zh: "1 秒", en: "1 s")), (10_000, Words(zh: "10 秒", en: "10 s")),
        (60_000, Words(zh: "1 分", en: "1 min")), (600_000, Words(zh: "10 分", en: "10 min")),
        (3_600_000, Words(zh: "1 小时", en: "1 h")), (36_000_000, Words(zh: "10 小时", en: "10 h")),
        (86_400_000, Words(zh: "1 天", en: "1 d")), (864_000_000, Words(zh: "10 天", en: "10 d")),
        (8_640_000_000, Words(zh: "100 天", en: "100 d")),
    ]
    /// Those that are drawn: few enough to be read.
    private static let drawn: Set<Int64> = [10, 1_000, 60_000, 3_600_000, 86_400_000]

    private let least: Int64
    private let most: Int64

    /// The narrowest pair of round marks around the values.
    init(around values: some Sequence<Int64>) {
        var low = Int64.max
        var high: Int64 = 0
        for value in values {
            low = min(low, value)
            high = max(high, value)
        }
        let least = Self.marks.last { $0.milliseconds <= low }?.milliseconds ?? Self.marks[0].milliseconds
        self.least = min(least, 1_000)
        most = Self.marks.first { $0.milliseconds >= high }?.milliseconds ?? FigureText.most
    }

    /// How far up a value lies of `height`; what lies beyond the scale lies at its end.
    func height(_ milliseconds: Int64, of height: Int64) -> Int64 {
        let low = Self.logarithm(least)
        let high = Self.logarithm(max(most, least * 10))
        return (Self.logarithm(milliseconds.clamped(to: least...max(most, least * 10))) - low) * height / (high - low)
    }

    /// The marks that are drawn, from below.
    var gridlines: [(milliseconds: Int64, words: Words)] {
        Self.marks.filter { (least...most).contains($0.milliseconds) && Self.drawn.contains($0.milliseconds) }
    }

    /// To the base 2, in 4096ths.
    static func logarithm(_ number: Int64) -> Int64 {
        let number = UInt64(max(1, number))
        let whole = 63 - number.leadingZeroBitCount
        var mantissa = whole > 31 ? number >> UInt64(whole - 31) : number << UInt64(31 - whole)
        var fraction: Int64 = 0
        for _ in 0..<12 {
            mantissa = (mantissa * mantissa) >> 31
            fraction <<= 1
            if mantissa >= 1 << 32 {
                fraction |= 1
                mantissa >>= 1
            }
        }
        return Int64(whole) << 12 | fraction
    }
}

extension Comparable {
    func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}
