/// One picture of several rows above a common time axis: the frame that all time charts share.
///
/// Positions are in tenths of a pixel.
struct RowChart {
    static let width: Int64 = 7_600
    static let plotLeft: Int64 = 1_400
    static let plotRight: Int64 = 6_680
    /// As wide as so many digits.
    private static let labelUnits = 16
    private static let gap: Int64 = 90
    private static let top: Int64 = 180
    private static let foot: Int64 = 230

    struct Row {
        let label: Words
        /// Stands at the right of the row.
        let note: [Words]
        let bands: [(number: Int, band: FaultBand)]
        let gridlines: [(height: Int64, words: Words)]
        /// Draws the curve, given where the row's floor lies.
        let curve: (_ floor: Int64) -> Markup
    }

    let axis: TimeAxis
    let speaker: Speaker
    let rowHeight: Int64
    let title: Words
    let description: Words
    /// Unique in the page.
    let identifier: String
    /// What stands at the right of the rows.
    let noteHeading: Words
    let rows: [Row]

    var markup: Markup {
        let height = Self.top + Int64(rows.count) * (rowHeight + Self.gap) + Self.foot
        let size = "0 0 \(Coordinate.text(Self.width)) \(Coordinate.text(height))"
        return .element(
            "svg",
            [
                "class": "chart", "viewBox": size, "role": "img",
                "aria-labelledby": "\(identifier)-t \(identifier)-d",
            ]
        ) {
            Markup.element("title", ["id": "\(identifier)-t"], text: speaker.plain(title))
            Markup.element("desc", ["id": "\(identifier)-d"], text: speaker.plain(description))
            text(Self.width, 110, "head", speaker.label(noteHeading))
            rows.enumerated().map { bands($0.element, floor: floor($0.offset)) }
            ticks(bottom: height - Self.foot)
            rows.enumerated().map { row($0.element, floor: floor($0.offset)) }
            rows.enumerated().map { numbers($0.element, floor: floor($0.offset)) }
        }.onItsLine
    }

    private func floor(_ index: Int) -> Int64 { Self.top + Int64(index + 1) * (rowHeight + Self.gap) - Self.gap }

    private func bands(_ row: Row, floor: Int64) -> Markup {
        let rects = row.bands.map { _, band in
            let left = axis.x(band.from)
            let right = max(axis.x(band.to), left + 14)
            return Markup.empty(
                "rect",
                [
                    "x": Coordinate.text(left), "y": Coordinate.text(floor - rowHeight),
                    "width": Coordinate.text(right - left), "height": Coordinate.text(rowHeight),
                    "fill": "url(#\(FaultPatterns.identifier(band.kind.device)))",
                ])
        }
        return Markup(rects)
    }

    /// Those that the table of faults explains; where two would stand one on the other, the first.
    private func numbers(_ row: Row, floor: Int64) -> Markup {
        var last = -Self.width
        var numbers: [Markup] = []
        for (number, band) in row.bands where number <= ReportFigures.rowsMax {
            let left = axis.x(band.from)
            guard left - last >= 130 else { continue }
            numbers.append(text(left + 25, floor - rowHeight + 95, "band", .text("\(number)")))
            last = left
        }
        return Markup(numbers)
    }

    private func ticks(bottom: Int64) -> Markup {
        let lines = axis.ticks.map { tick in
            line(tick.x, Self.top, tick.x, bottom, tick.isStrong ? "week" : "day")
        }
        let labels = axis.ticks.filter { $0.x < Self.plotRight - 200 }.map { tick in
            text(tick.x + 20, bottom + 60, "tick", speaker.label(tick.words))
        }
        return Markup(lines + labels)
    }

    private func row(_ row: Row, floor: Int64) -> Markup {
        let top = floor - rowHeight + 110
        return Markup([
            text(0, top, "row", speaker.label(row.label.shortened(to: Self.labelUnits))),
            Markup(
                row.gridlines.flatMap { mark in
                    [
                        line(Self.plotLeft, floor - mark.height, Self.plotRight, floor - mark.height, "grid"),
                        text(Self.plotLeft - 50, floor - mark.height + 30, "mark", speaker.label(mark.words)),
                    ]
                }),
            row.curve(floor),
            line(Self.plotLeft, floor, Self.plotRight, floor, "floor"),
            Markup(
                row.note.enumerated().map { index, note in
                    text(Self.width, top + Int64(index) * 135, index == 0 ? "note" : "when", speaker.label(note))
                }),
        ])
    }

    private func line(_ x1: Int64, _ y1: Int64, _ x2: Int64, _ y2: Int64, _ style: String) -> Markup {
        let path =
            "M\(Coordinate.text(x1)) \(Coordinate.text(y1))L\(Coordinate.text(x2)) \(Coordinate.text(y2))"
        return .empty("path", ["class": style, "d": path])
    }

    private func text(_ x: Int64, _ y: Int64, _ style: String, _ content: Markup) -> Markup {
        .element("text", ["class": style, "x": Coordinate.text(x), "y": Coordinate.text(y)]) { content }
    }

    /// Splits many rows into pictures that fit a printed page each.
    static func pages<Element>(_ elements: [Element], rowsMax: Int) -> [[Element]] {
        let pages = max(1, (elements.count + rowsMax - 1) / rowsMax)
        let size = max(1, (elements.count + pages - 1) / pages)
        return stride(from: 0, to: elements.count, by: size).map {
            Array(elements[$0..<min($0 + size, elements.count)])
        }
    }
}
