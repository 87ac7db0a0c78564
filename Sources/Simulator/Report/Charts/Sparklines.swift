/// Small pictures that stand in a table's cell; the cell beside them says the number.
enum Sparklines {
    /// Bytes by day: filled up, hollow down, side by side.
    static func days(up: [Int64], down: [Int64]) -> Markup {
        let count = Int64(max(up.count, down.count))
        guard count > 0 else { return .text("–") }
        let width: Int64 = 1_200
        let height: Int64 = 200
        let most = max(1, up.max() ?? 0, down.max() ?? 0)
        let day = width / count
        func bars(_ values: [Int64], offset: Int64) -> String {
            values.enumerated().reduce(into: "") { path, value in
                let tall = FigureText.scaled(value.element, height - 10, over: most)
                guard tall > 0 else { return }
                let x = Coordinate.text(Int64(value.offset) * day + offset)
                let bar = Coordinate.text(max(4, day * 4 / 10))
                path += "M\(x) \(Coordinate.text(height))v-\(Coordinate.text(tall))h\(bar)v\(Coordinate.text(tall))"
            }
        }
        return .element(
            "svg", ["class": "spark", "width": "120", "height": "21", "viewBox": "0 0 120 21", "aria-hidden": "true"]
        ) {
            Markup.empty("path", ["class": "solid", "d": bars(up, offset: 0)])
            Markup.empty("path", ["class": "hollow", "d": bars(down, offset: day * 45 / 100)])
        }
    }

    /// A bar as long as its share of the longest.
    static func bar(_ value: Int64, of most: Int64) -> Markup {
        let width = FigureText.scaled(value, 1_600, over: max(1, most))
        return .element(
            "svg", ["class": "spark", "width": "160", "height": "10", "viewBox": "0 0 160 10", "aria-hidden": "true"]
        ) {
            Markup.empty("rect", ["class": "solid", "y": "1", "width": Coordinate.text(max(6, width)), "height": "8"])
        }
    }
}
