/// Hatchings behind the curves, one for each part of the world that can fail: they are told apart without colour.
enum FaultPatterns {
    static func identifier(_ device: FaultKind.Device) -> String { "fault-\(device.rawValue)" }

    /// Defined once in a page, and used by all its pictures.
    static var definitions: Markup {
        .element("svg", ["width": "0", "height": "0", "aria-hidden": "true", "class": "patterns"]) {
            Markup.element("defs") { FaultKind.Device.allCases.map(pattern) }
        }.onItsLine
    }

    private static func pattern(_ device: FaultKind.Device) -> Markup {
        .element(
            "pattern",
            ["id": identifier(device), "width": "6", "height": "6", "patternUnits": "userSpaceOnUse"]
        ) {
            Markup.empty("rect", ["width": "6", "height": "6", "fill": fill(device)])
            strokes(device)
        }
    }

    private static func fill(_ device: FaultKind.Device) -> String {
        switch device {
        case .network: "#f6e9d2"
        case .process: "#f6dfd9"
        case .disk: "#e6e3f1"
        case .clock: "#dcebf0"
        case .people: "#e4eedd"
        case .hub: "#eee6dc"
        case .inside: "#ececec"
        }
    }

    private static func strokes(_ device: FaultKind.Device) -> Markup {
        let path: String
        switch device {
        case .network: path = "M-1 7L7 -1M-1 1L1 -1M5 7L7 5"
        case .process: path = "M3 0V6"
        case .disk: path = "M0 3H6M3 0V6"
        case .clock: path = "M0 3H6"
        case .people: path = "M-1 -1L7 7M-1 5L1 7M5 -1L7 1"
        case .hub: path = "M-1 7L7 -1M-1 -1L7 7"
        case .inside: path = "M2 3H4"
        }
        return .empty("path", ["d": path, "stroke": "#b3a58c", "stroke-width": "0.8", "fill": "none"])
    }

    /// A sample for a table: the pattern, framed.
    static func swatch(_ device: FaultKind.Device) -> Markup {
        .element("svg", ["class": "swatch", "width": "22", "height": "12", "aria-hidden": "true"]) {
            Markup.empty(
                "rect",
                [
                    "x": "0.5", "y": "0.5", "width": "21", "height": "11", "fill": "url(#\(identifier(device)))",
                    "stroke": "#8a7f6b", "stroke-width": "0.6",
                ])
        }
    }
}
