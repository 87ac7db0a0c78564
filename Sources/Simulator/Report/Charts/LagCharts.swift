/// How far each site's changes were behind, hour by hour, on a logarithmic scale.
struct LagCharts {
    /// Beyond so many bars a picture is a smear: then one bar stands for the worst of several hours.
    private static let barsMax = 440
    private static let rowsMax = 10
    private static let rowHeight: Int64 = 620

    let figures: ReportFigures
    let speaker: Speaker

    var markup: Markup {
        let sites = figures.branches.filter { !$0.lagByHour.isEmpty }
        let all = sites.flatMap(\.lagByHour).flatMap { [$0.figures.p50, $0.figures.max] }
        let scale = LogScale(around: all)
        let axis = TimeAxis(figures.outcome, left: RowChart.plotLeft, right: RowChart.plotRight)
        let words = ReportWords.standard
        let pages = RowChart.pages(sites, rowsMax: Self.rowsMax)
        return Markup(
            pages.enumerated().map { page in
                RowChart(
                    axis: axis, speaker: speaker, rowHeight: Self.rowHeight, title: words.lagByHour,
                    description: words.lagByHourAbout, identifier: "lag-\(page.offset + 1)",
                    noteHeading: Words("p99"),
                    rows: page.element.map { row($0, scale, axis) }
                ).markup
            })
    }

    private func row(_ site: SiteOutcome, _ scale: LogScale, _ axis: TimeAxis) -> RowChart.Row {
        let note = site.lag.map { [SpanWords.exact(milliseconds: $0.p99)] } ?? []
        return RowChart.Row(
            label: site.name, note: note, bands: figures.faults(at: site),
            gridlines: scale.gridlines.map { (scale.height($0.milliseconds, of: Self.rowHeight), $0.words) },
            curve: { curve(hours(site), scale, axis, floor: $0) })
    }

    /// How to read the pictures.
    var caption: Words {
        let about = ReportWords.standard.lagByHourAbout
        guard hoursInBar > 1 else { return about }
        return .sentences([about, ReportWords.standard.hoursInBar + "\(hoursInBar)" + Words(zh: "。", en: ".")])
    }

    private var hoursInBar: Int {
        let hours = Int(figures.outcome.simulated.seconds / 3_600) + 1
        return max(1, (hours + Self.barsMax - 1) / Self.barsMax)
    }

    /// One an interval: of several hours that with the highest p99.
    private func hours(_ site: SiteOutcome) -> [HourLag] {
        var worst: [HourLag] = []
        for hour in site.lagByHour.sorted(by: { $0.hour < $1.hour }) {
            if let last = worst.last, last.hour / hoursInBar == hour.hour / hoursInBar {
                if hour.figures.p99 > last.figures.p99 { worst[worst.count - 1] = hour }
            } else {
                worst.append(hour)
            }
        }
        return worst
    }

    private func curve(_ hours: [HourLag], _ scale: LogScale, _ axis: TimeAxis, floor: Int64) -> Markup {
        func y(_ milliseconds: Int64) -> String {
            Coordinate.text(floor - scale.height(milliseconds, of: Self.rowHeight))
        }
        var bars = ""
        var hairs = ""
        var line = ""
        var last = Int.min / 2
        for hour in hours {
            let start = hour.hour / hoursInBar * hoursInBar
            let x = Coordinate.text(axis.x(.minutes(Int64(start) * 60 + Int64(hoursInBar) * 30)))
            bars += "M\(x) \(y(hour.figures.p50))V\(y(hour.figures.p95))"
            hairs += "M\(x) \(y(hour.figures.p95))V\(y(hour.figures.max))"
            let isApart = hour.hour - last > 2 * hoursInBar
            // A path of no length is drawn as a dot by its round ends.
            line += isApart ? "M\(x) \(y(hour.figures.p99))h0" : "L\(x) \(y(hour.figures.p99))"
            last = hour.hour
        }
        let width = (axis.x(.hours(Int64(hoursInBar))) - axis.left) * 8 / 10
        return Markup([
            .empty("path", ["class": "hair", "d": hairs]),
            .empty(
                "path", ["class": "bars", "d": bars, "stroke-width": Coordinate.text(width.clamped(to: 6...80))]),
            .empty("path", ["class": "line", "d": line]),
        ])
    }
}
