import Standards

/// What a run of the bench found, for people and for machines.
struct BenchReport: Sendable {
    let measurements: [Measurement]

    var allMet: Bool { measurements.allSatisfy(\.isMet) }

    var json: JSONValue { ["measures": .array(measurements.map(\.json))] }

    /// One row a measure; the judged value stands before its bounds.
    var lines: [String] {
        var table = TextTable(["measure", "figure", "baseline", "unit", "ratio", "judged", "must", "aim", "met"])
        for measurement in measurements {
            let budget = measurement.budget
            let sign = budget.better == .lower ? "≤ " : "≥ "
            table.add([
                measurement.name, Self.text(measurement.figure), Self.text(measurement.baseline), measurement.unit,
                Self.text(measurement.ratio), budget.judged.rawValue, sign + Self.text(budget.must),
                sign + Self.text(budget.aim), verdict(measurement),
            ])
        }
        return table.lines
    }

    private func verdict(_ measurement: Measurement) -> String {
        guard measurement.isMet else { return "no" }
        return measurement.reachesAim ? "yes, and the aim" : "yes"
    }

    private static func text(_ value: Double) -> String {
        let digits = abs(value) >= 100 ? 1.0 : 100.0
        let rounded = (value * digits).rounded() / digits
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
    }
}
