/// One figure of two rehearsals.
struct ComparedFigure {
    enum Unit: String {
        case milliseconds, operations, perMille, bytes, times, fen, tenthsPerThousand

        func words(_ number: Int64) -> Words {
            switch self {
            case .milliseconds: SpanWords.exact(milliseconds: number)
            case .operations, .times: Words(FigureText.grouped(number))
            case .perMille: Words(FigureText.percent(perMille: number))
            case .bytes: Words(FigureText.bytes(number))
            case .fen: Words(FigureText.yuan(fen: number))
            case .tenthsPerThousand: Words(FigureText.tenths(number))
            }
        }
    }

    /// As in the JSON, with its unit.
    let key: String
    let words: Words
    let unit: Unit
    /// Nil where a run has no such figure.
    let first: Int64?
    let second: Int64?

    var differs: Bool { first != second }

    /// The second less the first, where both are there.
    var difference: Int64? {
        guard let first, let second else { return nil }
        let (difference, isTooLarge) = second.subtractingReportingOverflow(first)
        return isTooLarge ? nil : difference
    }

    /// With its sign, such as `+4 h 10 min`; `=` for none.
    var differenceWords: Words {
        guard differs else { return Words("=") }
        guard let difference else { return Words("≠") }
        let size = unit.words(Int64(clamping: difference.magnitude))
        let share =
            first.map { $0 > 0 ? FigureText.scaled(Int64(clamping: difference.magnitude), 100, over: $0) : 0 } ?? 0
        let sign = difference < 0 ? "−" : "+"
        let percent = share > 0 && share < 1_000 ? " (\(sign)\(share) %)" : ""
        return Words(zh: sign + size.zh + percent, en: sign + size.en + percent)
    }
}
