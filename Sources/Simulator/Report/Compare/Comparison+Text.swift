extension Comparison {
    /// A table for a terminal; what differs is marked with a star. Ends with a line feed.
    public var text: String {
        var lines = [
            "A  \(first.scenario): seed \(ReportFigures(first).seed), digest \(first.digest), "
                + first.verdict.rawValue,
            "B  \(second.scenario): seed \(ReportFigures(second).seed), digest \(second.digest), "
                + second.verdict.rawValue,
        ].map(TextFlow.plain)
        if first.digest == second.digest, first.seed == second.seed { lines.append("The two runs were the same.") }
        lines += [""] + table("figure", figures) { $0.words.en }
        lines += ["", "lag p99 by site"] + table("site", lagBySite) { $0.key }
        lines += ["", "backlog peak by site"] + table("site", backlogBySite) { $0.key }
        lines += ["", "findings that differ"] + findingLines
        return lines.joined(separator: "\n") + "\n"
    }

    private func table(
        _ name: String, _ figures: [ComparedFigure], _ label: (ComparedFigure) -> String
    ) -> [String] {
        var table = TextTable("llrrr", heading: ["", name, "A", "B", "B less A"])
        for figure in figures {
            table.add([
                figure.differs ? "*" : "", label(figure), figure.first.map { figure.unit.words($0).en } ?? "–",
                figure.second.map { figure.unit.words($0).en } ?? "–", figure.differenceWords.en,
            ])
        }
        return table.lines(indent: "")
    }

    private var findingLines: [String] {
        var table = TextTable("llll", heading: ["", "", "A", "B"])
        let different = findings.filter { $0.first != $0.second }
        for finding in different { table.add(["*", finding.name, finding.first, finding.second]) }
        let same = findings.count - different.count
        return different.isEmpty ? ["  none: all \(same) are alike"] : table.lines(indent: "") + ["  \(same) are alike"]
    }
}
