/// Finds the pattern in which a column writes its dates.
enum DateGuess {
    /// In the order of preference: where the samples fit several, the first is proposed and the next is mentioned.
    private static let formats = [
        "yyyy-MM-dd HH:mm:ss[.SSS]", "yyyy-MM-dd'T'HH:mm:ss[.SSS]XXX", "yyyy-MM-dd HH:mm", "yyyy-MM-dd",
        "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm", "yyyy/M/d", "d/M/yyyy HH:mm:ss", "d/M/yyyy HH:mm", "d/M/yyyy",
        "M/d/yyyy HH:mm", "M/d/yyyy", "dd-MM-yyyy", "dd-MM-yy", "MM-dd-yy", "dd-MMM-yy", "dd-MMM-yyyy", "yyyyMMdd",
        "yyyy'年'M'月'd'日'",
    ]

    private static let patterns: [DatePattern] = formats.compactMap { format in
        if case .success(let pattern) = DatePattern.compile(format) { pattern } else { nil }
    }

    /// The patterns that every sample fits; none when there are no samples.
    static func patterns(of samples: [String]) -> [DatePattern] {
        guard !samples.isEmpty else { return [] }
        return patterns.filter { pattern in
            samples.allSatisfy { sample in
                if case .success = pattern.read(sample) { true } else { false }
            }
        }
    }
}
