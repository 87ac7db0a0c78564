/// A table of the report: caption, headings with scope, rows that begin with a heading of their own.
struct TableBuilder {
    enum Kind {
        case text, number
        /// Text that is not broken, such as a moment.
        case short

        var style: String {
            switch self {
            case .text: ""
            case .number: "n"
            case .short: "t"
            }
        }
    }

    /// A table of so many rows is not broken over two pages.
    private static let rowsKeptWhole = 16

    let speaker: Speaker
    let caption: Words
    let columns: [(heading: Words, kind: Kind)]
    private var rows: [Markup] = []
    private var foot = Markup()

    init(_ speaker: Speaker, caption: Words, columns: [(heading: Words, kind: Kind)]) {
        self.speaker = speaker
        self.caption = caption
        self.columns = columns
    }

    /// A cell for each column; the first is the row's heading.
    mutating func add(_ cells: [Markup]) { rows.append(row(cells).onItsLine) }

    mutating func add(_ cells: [Words]) { add(cells.map(speaker.say)) }

    mutating func sumUp(_ cells: [Words]) {
        foot = .element("tfoot") { row(cells.map(speaker.say)) }
    }

    private func row(_ cells: [Markup]) -> Markup {
        .element("tr") {
            zip(cells, columns).enumerated().map { index, cell in
                let style = cell.1.kind.style
                if index == 0 { return Markup.element("th", ["scope": "row", "class": style]) { cell.0 } }
                return Markup.element("td", ["class": style]) { cell.0 }
            }
        }
    }

    var markup: Markup {
        .element("div", ["class": rows.count <= Self.rowsKeptWhole ? "scroll whole" : "scroll"]) {
            Markup.element("table") {
                Markup.element("caption") { speaker.say(caption) }
                Markup.element("thead") {
                    Markup.element("tr") {
                        columns.map { column in
                            Markup.element("th", ["scope": "col", "class": column.kind.style]) {
                                speaker.say(column.heading)
                            }
                        }
                    }
                }.onItsLine
                Markup.element("tbody") { rows }
                foot
            }
        }.onItsLine
    }
}
