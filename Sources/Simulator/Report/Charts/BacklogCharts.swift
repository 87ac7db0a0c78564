/// What each site had not yet brought to the hub: one scale for all, so that the eye finds the site that suffered.
struct BacklogCharts {
    private static let rowsMax = 14
    private static let rowHeight: Int64 = 420

    let figures: ReportFigures
    let speaker: Speaker

    var markup: Markup {
        let sites = figures.branches.filter { !$0.backlog.isEmpty }
        let most = max(1, figures.backlogPeak?.operations ?? 1)
        let axis = TimeAxis(figures.outcome, left: RowChart.plotLeft, right: RowChart.plotRight)
        let words = ReportWords.standard
        return Markup(
            RowChart.pages(sites, rowsMax: Self.rowsMax).enumerated().map { page in
                RowChart(
                    axis: axis, speaker: speaker, rowHeight: Self.rowHeight, title: words.backlog,
                    description: words.backlogAbout, identifier: "backlog-\(page.offset + 1)",
                    noteHeading: words.peak,
                    rows: page.element.map { row($0, most, axis) }
                ).markup
            })
    }

    private func row(_ site: SiteOutcome, _ most: Int64, _ axis: TimeAxis) -> RowChart.Row {
        let peak = site.backlog.max() ?? 0
        let index = site.backlog.firstIndex(of: peak) ?? 0
        let when = peak > 0 ? [axis.clock.shortTime(ReportFigures.sampleTime(site, index))] : []
        return RowChart.Row(
            label: site.name, note: [Words(FigureText.grouped(peak))] + when, bands: figures.faults(at: site),
            gridlines: [(Self.rowHeight, Words(FigureText.grouped(most)))],
            curve: { floor in
                StepCurve(
                    values: site.backlog, most: most, axis: axis, height: Self.rowHeight,
                    interval: .minutes(Int64(max(1, site.sampleMinutes)))
                ).markup(floor: floor)
            })
    }
}
