/// Numbers as a report writes them. Integers only: the same digits on every machine.
enum FigureText {
    /// The greatest figure that an outcome may hold, so that a foreign file cannot make sums overflow.
    static let most: Int64 = 1_000_000_000_000_000

    /// `12,345`.
    static func grouped(_ number: Int64) -> String {
        let digits = String(number.magnitude)
        var text = number < 0 ? "−" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    /// `4.3` of 43.
    static func tenths(_ tenths: Int64) -> String {
        let magnitude = Int64(tenths.magnitude)
        return (tenths < 0 ? "−" : "") + grouped(magnitude / 10) + ".\(magnitude % 10)"
    }

    /// `62.4 %` of 624 per mille.
    static func percent(perMille: Int64) -> String { tenths(perMille) + " %" }

    /// A part of a whole in per cent, with as many digits as a small share needs: `0.04 %`.
    static func share(_ part: Int64, of whole: Int64) -> String {
        guard whole > 0 else { return "–" }
        let hundredths = scaled(part, 10_000, over: whole)
        if hundredths == 0 { return part == 0 ? "0 %" : "< 0.01 %" }
        if hundredths >= 1_000 { return tenths(hundredths / 10) + " %" }
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) %"
    }

    /// Powers of a thousand, as links are measured: `12.4 MB`.
    static func bytes(_ bytes: Int64) -> String {
        if bytes < 1_000 { return "\(bytes) B" }
        var unit: Int64 = 1_000
        var name = "kB"
        for next in ["MB", "GB", "TB"] where bytes >= unit * 1_000 {
            unit *= 1_000
            name = next
        }
        return bytes / unit >= 100 ? "\(grouped(bytes / unit)) \(name)" : "\(tenths(bytes / (unit / 10))) \(name)"
    }

    /// `¥1,234.50` of 123450 fen.
    static func yuan(fen: Int64) -> String {
        let rest = Int64(fen.magnitude) % 100
        return (fen < 0 ? "−" : "") + "¥" + grouped(Int64(fen.magnitude) / 100) + ".\(rest < 10 ? "0" : "")\(rest)"
    }

    /// A sum that stays at the greatest integer rather than overflow.
    static func sum(_ numbers: some Sequence<Int64>) -> Int64 {
        numbers.reduce(0) { total, number in
            let (sum, isTooLarge) = total.addingReportingOverflow(number)
            return isTooLarge ? .max : sum
        }
    }

    /// `part * factor / whole`, rounded down, without overflow; 0 of nothing.
    static func scaled(_ part: Int64, _ factor: Int64, over whole: Int64) -> Int64 {
        guard whole > 0 else { return 0 }
        let (product, isTooLarge) = part.multipliedReportingOverflow(by: factor)
        if !isTooLarge { return product / whole }
        let (high, low) = part.multipliedFullWidth(by: factor)
        guard high.magnitude < whole.magnitude / 2 else { return .max }
        return whole.dividingFullWidth((high, low)).quotient
    }
}
