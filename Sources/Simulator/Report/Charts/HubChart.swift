/// How busy the hub was and what went through it, hour by hour, each row on its own scale.
struct HubChart {
    private static let rowHeight: Int64 = 520

    let figures: ReportFigures
    let speaker: Speaker

    var markup: Markup {
        let hub = figures.outcome.hub
        let words = ReportWords.standard
        let axis = TimeAxis(figures.outcome, left: RowChart.plotLeft, right: RowChart.plotRight)
        let bands = figures.outcome.faults.enumerated().filter { _, band in
            band.kind.isHubOnly
                || band.sites.contains { site in figures.outcome.sites.contains { $0.isHub && $0.id == site } }
        }.map { (number: $0.offset + 1, band: $0.element) }
        func row(_ label: Words, _ values: [Int64], most: Int64, _ text: @escaping (Int64) -> String) -> RowChart.Row {
            RowChart.Row(
                label: label, note: [Words(text(values.max() ?? 0))], bands: bands,
                gridlines: [(Self.rowHeight, Words(text(most)))],
                curve: { floor in
                    StepCurve(values: values, most: most, axis: axis, height: Self.rowHeight, interval: .hours(1))
                        .markup(floor: floor)
                })
        }
        func greatest(_ values: [Int64]) -> Int64 { max(1, values.max() ?? 1) }
        let percent: (Int64) -> String = { FigureText.percent(perMille: $0) }
        return RowChart(
            axis: axis, speaker: speaker, rowHeight: Self.rowHeight, title: words.hub, description: words.hubAbout,
            identifier: "hub", noteHeading: words.perHourMost,
            rows: [
                row(words.cpu, hub.busyPerMille, most: max(1_000, greatest(hub.busyPerMille)), percent),
                row(words.requests, hub.requests, most: greatest(hub.requests), FigureText.grouped),
                row(words.bytesIn, hub.bytesIn, most: greatest(hub.bytesIn), FigureText.bytes),
                row(words.bytesOut, hub.bytesOut, most: greatest(hub.bytesOut), FigureText.bytes),
            ]
        ).markup
    }
}
