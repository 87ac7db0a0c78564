/// Draws a ``MessageDiagram``. Positions are in tenths of a pixel.
///
/// Height is not time itself: a trace may hold two messages within a millisecond and then a night of nothing. Each gap
/// is drawn by its logarithm, so that order and delay are seen and nothing is drawn for a mile.
struct MessageDrawing {
    private static let left: Int64 = 1_250
    private static let lane: Int64 = 2_100
    private static let top: Int64 = 800
    private static let gapLeast: Int64 = 200
    private static let gapMost: Int64 = 620

    private let diagram: MessageDiagram
    private let lanes: [String: Int64]
    private let heights: [VirtualTime: Int64]
    private let moments: [VirtualTime]

    init(_ diagram: MessageDiagram) {
        self.diagram = diagram
        lanes = Dictionary(
            diagram.sites.enumerated().map {
                ($0.element.id, Self.left + Self.lane / 2 + Int64($0.offset) * Self.lane)
            },
            uniquingKeysWith: { first, _ in first })
        let times = diagram.messages.flatMap { [$0.sent] + ($0.arrived.map { [$0] } ?? []) } + diagram.events.map(\.at)
        moments = Set(times).sorted()
        var heights: [VirtualTime: Int64] = [:]
        var y = Self.top
        var last: VirtualTime?
        for moment in moments {
            if let last { y += Self.gap((moment - last).microseconds) }
            heights[moment] = y
            last = moment
        }
        self.heights = heights
    }

    private static func gap(_ microseconds: Int64) -> Int64 {
        (LogScale.logarithm(microseconds / 100) / 256).clamped(to: gapLeast...gapMost)
    }

    private func x(_ site: String) -> Int64 { lanes[site] ?? Self.left }
    private func y(_ time: VirtualTime) -> Int64 { heights[time] ?? Self.top }

    var markup: Markup {
        let bottom = (moments.last.map(y) ?? Self.top) + 400
        let width = Self.left + Int64(max(1, diagram.sites.count)) * Self.lane + 600
        let height = bottom + 400
        let size = "0 0 \(Coordinate.text(width)) \(Coordinate.text(height))"
        return .element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "lifelines", "viewBox": size,
                "width": Coordinate.text(width), "height": Coordinate.text(height), "role": "img",
                "aria-labelledby": "trace-t trace-d",
                "font-family": "'Segoe UI', 'Helvetica Neue', 'Microsoft YaHei', 'Noto Sans CJK SC', Arial, sans-serif",
                "font-size": "12",
            ]
        ) {
            Markup.element("title", ["id": "trace-t"], text: diagram.title)
            Markup.element("desc", ["id": "trace-d"], text: description)
            Markup.empty("rect", ["width": "100%", "height": "100%", "fill": "#ffffff"])
            text(200, 300, diagram.title, ["font-size": "15", "font-weight": "600"])
            diagram.sites.map { lifeline($0.id, $0.name, bottom: bottom) }
            times
            diagram.messages.map(arrow)
            diagram.events.map(event)
            if diagram.leftOut > 0 { text(200, height - 120, "… \(diagram.leftOut)", ["fill": "#52606d"]) }
        }
    }

    private var description: String {
        let lost = diagram.messages.count { $0.isLost || $0.arrived == nil }
        return "\(diagram.messages.count) messages, \(lost) lost, \(diagram.events.count) events"
    }

    private func lifeline(_ site: String, _ name: Words, bottom: Int64) -> Markup {
        let x = self.x(site)
        return Markup([
            line(x, Self.top - 200, x, bottom, stroke: "#7b8794", width: "1.2", dashes: "none"),
            text(
                x, Self.top - 290, Speaker(language: diagram.language).plain(name.shortened(to: 24)),
                ["text-anchor": "middle", "font-weight": "600"]),
        ]).onItsLine
    }

    /// At the left, each where there is room; the day stands where it changes.
    private var times: Markup {
        var lastLabel = Int64.min / 2
        var labels: [Markup] = []
        for moment in moments where y(moment) - lastLabel >= 140 {
            lastLabel = y(moment)
            let millis = moment.milliseconds % 1_000
            let padded = String(repeating: "0", count: millis < 10 ? 2 : millis < 100 ? 1 : 0) + "\(millis)"
            labels.append(
                text(
                    Self.left, lastLabel + 40, "\(DurationText.clock(moment)).\(padded)",
                    ["text-anchor": "end", "font-size": "10", "fill": "#52606d"]))
        }
        return Markup(labels)
    }

    private func arrow(_ message: MessageDiagram.Message) -> Markup {
        let (x1, y1) = (x(message.from), y(message.sent))
        let isLost = message.isLost || message.arrived == nil
        var (x2, y2) = (x(message.to), message.arrived.map(y) ?? y1 + Self.gapLeast * 2)
        if isLost {
            // It ends on its way, with a cross.
            (x2, y2) = (x1 + (x2 - x1) * 6 / 10, y1 + (y2 - y1) * 6 / 10)
        }
        let direction: Int64 = x2 >= x1 ? 1 : -1
        return Markup([
            line(x1, y1, x2, y2, stroke: "#1b2530", width: "1.1", dashes: isLost ? "4 3" : "none"),
            isLost ? cross(x2, y2) : head(x1, y1, x2, y2),
            text(
                x1 + direction * 120, y1 + (y2 - y1) * 120 / max(1, abs(x2 - x1)) - 40, message.words.prefixed(to: 34),
                [
                    "text-anchor": direction > 0 ? "start" : "end", "font-size": "10.5", "paint-order": "stroke",
                    "stroke": "#ffffff", "stroke-width": "3",
                ]),
        ]).onItsLine
    }

    private func cross(_ x: Int64, _ y: Int64) -> Markup {
        Markup([
            line(x - 45, y - 45, x + 45, y + 45, stroke: "#98201a", width: "1.8", dashes: "none"),
            line(x - 45, y + 45, x + 45, y - 45, stroke: "#98201a", width: "1.8", dashes: "none"),
        ])
    }

    /// A filled triangle at the end, turned along the line.
    private func head(_ x1: Int64, _ y1: Int64, _ x2: Int64, _ y2: Int64) -> Markup {
        let (dx, dy) = (x2 - x1, y2 - y1)
        let length = max(1, Self.root(dx * dx + dy * dy))
        func point(_ back: Int64, _ side: Int64) -> String {
            let x = x2 - dx * back / length - dy * side / length
            let y = y2 - dy * back / length + dx * side / length
            return "\(Coordinate.text(x)) \(Coordinate.text(y))"
        }
        return .empty("path", ["d": "M\(point(0, 0))L\(point(90, 35))L\(point(90, -35))Z", "fill": "#1b2530"])
    }

    /// The whole part of a square root.
    private static func root(_ square: Int64) -> Int64 {
        var root = square
        while root > 0, root > square / root { root = (root + square / root) / 2 }
        return root
    }

    private func event(_ event: MessageDiagram.Event) -> Markup {
        let (x, y) = (x(event.site), y(event.at))
        return Markup([
            .empty(
                "circle",
                [
                    "cx": Coordinate.text(x), "cy": Coordinate.text(y), "r": "3.6", "fill": "#0b4f5c",
                    "stroke": "#ffffff",
                ]),
            text(
                x + 80, y + 40, event.words.prefixed(to: 34),
                [
                    "font-weight": "600", "font-size": "10.5", "fill": "#0b4f5c", "paint-order": "stroke",
                    "stroke": "#ffffff", "stroke-width": "3",
                ]),
        ]).onItsLine
    }

    private func line(
        _ x1: Int64, _ y1: Int64, _ x2: Int64, _ y2: Int64, stroke: String, width: String, dashes: String
    ) -> Markup {
        .empty(
            "path",
            [
                "d": "M\(Coordinate.text(x1)) \(Coordinate.text(y1))L\(Coordinate.text(x2)) \(Coordinate.text(y2))",
                "fill": "none", "stroke": stroke, "stroke-width": width, "stroke-dasharray": dashes,
            ])
    }

    private func text(
        _ x: Int64, _ y: Int64, _ content: String, _ attributes: KeyValuePairs<StaticString, String>
    ) -> Markup {
        .element("g", attributes) {
            Markup.element("text", ["x": Coordinate.text(x), "y": Coordinate.text(y)], text: content)
        }
    }
}

extension String {
    /// The beginning, with a mark where something was left out.
    func prefixed(to count: Int) -> String { self.count > count ? prefix(count - 1) + "…" : self }
}
