import Standards

/// What a measure found, held against its budget.
struct Measurement: Hashable, Sendable {
    let name: String
    let unit: String
    let budget: Budget
    let figure: Double
    /// The same work, or the same content, without Tributary; in the same unit.
    let baseline: Double
    /// The figure over the baseline, taken round by round where there are rounds.
    let ratio: Double

    init(_ measure: Measure, _ outcome: Outcome) {
        name = measure.name
        unit = measure.unit
        budget = measure.budget
        figure = outcome.figure
        baseline = outcome.baseline
        ratio = outcome.ratio
    }

    var judgedValue: Double { budget.judged == .ratio ? ratio : figure }
    var isMet: Bool { budget.holds(judgedValue, against: budget.must) }
    var reachesAim: Bool { budget.holds(judgedValue, against: budget.aim) }

    var json: JSONValue {
        [
            "name": .string(name), "figure": Self.number(figure), "baseline": Self.number(baseline),
            "ratio": Self.number(ratio), "unit": .string(unit), "judged": .string(budget.judged.rawValue),
            "better": .string(budget.better.rawValue), "must": .number(budget.must), "aim": .number(budget.aim),
            "met": .bool(isMet),
        ]
    }

    /// Four decimals: more would claim what no repetition shows.
    private static func number(_ value: Double) -> JSONValue { .number((value * 10_000).rounded() / 10_000) }
}
