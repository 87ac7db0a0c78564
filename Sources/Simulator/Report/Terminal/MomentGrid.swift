import Standards

/// The run as a grid: a column a site, a line a stretch of time, in each cell the weightiest thing that happened.
struct MomentGrid {
    /// Lines that fit a screenful or two.
    private static let linesMax: Int64 = 60
    private static let stretchesInMinutes: [Int64] = [
        1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1_440, 2_880, 10_080, 40_320, 131_040,
    ]
    /// Columns of the terminal that the grid keeps to where it can.
    private static let width = 100
    /// A heading's length at most; below the least it is a number.
    private static let headingMax = 8
    private static let headingLeast = 3

    let outcome: Outcome
    let isASCII: Bool

    private var clock: ReportClock { ReportClock(outcome) }

    /// Of a line, chosen so that a run of any length fits.
    var stretch: VirtualTime {
        let span = outcome.simulated.microseconds
        let minutes = Self.stretchesInMinutes.first { span <= $0 * 60_000_000 * Self.linesMax }
        return .minutes(minutes ?? span / (60_000_000 * Self.linesMax) + 1)
    }

    var lines: [String] {
        let headings = self.headings
        let width = (headings.map(DisplayWidth.columns).max() ?? 1) + 1
        let margin = String(repeating: " ", count: timeWidth + 1)
        let head = margin + headings.map { DisplayWidth.padded($0, to: width) }.joined()
        var lines = [trimmed(head)]
        var skipped = 0
        for row in rows {
            if row.isQuiet {
                skipped += 1
                continue
            }
            if skipped > 0 { lines.append(quiet(skipped)) }
            skipped = 0
            let cells = row.glyphs.map { DisplayWidth.padded($0.text(isASCII: isASCII), to: width) }.joined()
            lines.append(trimmed(DisplayWidth.padded(label(row.start), to: timeWidth) + " " + cells))
        }
        if skipped > 0 { lines.append(quiet(skipped)) }
        return lines
    }

    /// What the signs and the headings stand for, wrapped.
    var legend: [String] {
        let kinds = Set((outcome.moments + cuts).map(\.kind))
        let met = Moment.Kind.allCases.filter(kinds.contains)
        var glyphs = met.map(MomentGlyph.of)
        if met.contains(.cut) { glyphs.append(.stillCut) }
        if met.contains(.crashed) || met.contains(.powerLost) { glyphs.append(.stillDown) }
        glyphs.append(.nothing)
        let signs = glyphs.map { "\($0.text(isASCII: isASCII)) \($0.meaning)" }
        let sites = zip(headings, outcome.sites).map { "\($0) \(name($1))" }
        return TextFlow.wrap(signs, width: 96) + TextFlow.wrap(sites, width: 96)
    }

    private func name(_ site: SiteOutcome) -> String {
        let name = site.name.zh == site.name.en || isASCII ? site.name.en : "\(site.name.en) \(site.name.zh)"
        return SafeText.line(isASCII ? TextFlow.ascii(name) : name)
    }

    /// The end of each site's identifier, or numbers where there are too many or they would look alike.
    private var headings: [String] {
        let room = (Self.width - timeWidth - 1) / max(1, outcome.sites.count) - 1
        let short = outcome.sites.map { site in
            let tail = site.id.split(separator: "-").last.map(String.init) ?? site.id
            return TextFlow.ascii(SafeText.line(String(tail.prefix(min(room, Self.headingMax)))))
        }
        if room >= Self.headingLeast, Set(short).count == short.count { return short }
        return outcome.sites.indices.map { "\($0 + 1)" }
    }

    private struct Row {
        let start: VirtualTime
        var glyphs: [MomentGlyph]
        var isQuiet: Bool
    }

    private var rows: [Row] {
        let step = stretch.microseconds
        let count = Int((outcome.simulated.microseconds + step - 1) / step)
        let columns = Dictionary(
            outcome.sites.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        var isCut = Array(repeating: false, count: outcome.sites.count)
        var isDown = isCut
        var moments = (outcome.moments + cuts).sorted { ($0.at, $0.site) < ($1.at, $1.site) }[...]
        return (0..<max(1, count)).map { index in
            let start = VirtualTime(microseconds: Int64(index) * step)
            var row = Row(start: start, glyphs: [], isQuiet: true)
            row.glyphs = outcome.sites.indices.map {
                isDown[$0] ? .stillDown : isCut[$0] ? .stillCut : .nothing
            }
            let isLast = index == max(1, count) - 1
            while let moment = moments.first, isLast || moment.at.microseconds < start.microseconds + step {
                moments.removeFirst()
                guard let column = columns[moment.site] else { continue }
                row.isQuiet = false
                let glyph = MomentGlyph.of(moment.kind)
                if glyph.weight > row.glyphs[column].weight { row.glyphs[column] = glyph }
                Self.note(moment.kind, &isCut[column], &isDown[column])
            }
            return row
        }
    }

    /// Of sites whose cut line shows in the faults alone.
    private var cuts: [Moment] {
        let told = Set(outcome.moments.filter { $0.kind == .cut }.map(\.site))
        let branches = outcome.sites.filter { !$0.isHub }.map(\.id)
        return outcome.faults.filter { [.linkCut, .hubIsolated].contains($0.kind) }.flatMap { band in
            (band.sites.isEmpty || band.kind.isHubOnly ? branches : band.sites).filter { !told.contains($0) }.flatMap {
                [Moment(at: band.from, site: $0, kind: .cut), Moment(at: band.to, site: $0, kind: .joined)]
            }
        }
    }

    private static func note(_ kind: Moment.Kind, _ isCut: inout Bool, _ isDown: inout Bool) {
        switch kind {
        case .cut: isCut = true
        case .joined: isCut = false
        case .crashed, .powerLost: isDown = true
        case .started: isDown = false
        default: break
        }
    }

    private var timeWidth: Int { 16 }

    private func label(_ time: VirtualTime) -> String {
        TextFlow.plain(clock.moment(time).en)
    }

    private func quiet(_ count: Int) -> String {
        let span = VirtualTime(microseconds: stretch.microseconds * Int64(count))
        return "  \(isASCII ? "..." : "⋯") \(DurationText.text(span)) without events"
    }

    private func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}
