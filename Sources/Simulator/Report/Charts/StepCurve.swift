/// A filled curve in steps of evenly spaced values; of several that fall on one spot the greatest is drawn.
struct StepCurve {
    let values: [Int64]
    let most: Int64
    let axis: TimeAxis
    let height: Int64
    let interval: VirtualTime

    func markup(floor: Int64) -> Markup {
        let steps = self.steps
        guard let first = steps.first else { return Markup() }
        var outline = ""
        for step in steps {
            let y = Coordinate.text(floor - FigureText.scaled(min(step.value, most), height, over: max(1, most)))
            outline += outline.isEmpty ? "M\(Coordinate.text(step.x)) \(y)" : "H\(Coordinate.text(step.x))V\(y)"
        }
        let end = VirtualTime(microseconds: interval.microseconds * Int64(values.count))
        outline += "H\(Coordinate.text(axis.x(end)))"
        let ground = "V\(Coordinate.text(floor))H\(Coordinate.text(first.x))Z"
        return Markup([
            .empty("path", ["class": "area", "d": outline + ground]), .empty("path", ["class": "step", "d": outline]),
        ])
    }

    private var steps: [(x: Int64, value: Int64)] {
        var steps: [(x: Int64, value: Int64)] = []
        for (index, value) in values.enumerated() {
            let x = axis.x(VirtualTime(microseconds: interval.microseconds * Int64(index)))
            if let last = steps.last, x - last.x < 8 {
                steps[steps.count - 1].value = max(last.value, value)
            } else if steps.last?.value != value {
                steps.append((x, value))
            }
        }
        return steps
    }
}
