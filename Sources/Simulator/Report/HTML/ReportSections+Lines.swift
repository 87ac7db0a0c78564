extension ReportSections {
    var faults: Markup {
        section(words.faults) {
            if outcome.faults.isEmpty {
                paragraph(words.noFaults)
            } else {
                faultTable
                left(out: outcome.faults.count - ReportFigures.rowsMax)
            }
        }
    }

    private var faultTable: Markup {
        var table = TableBuilder(
            speaker, caption: words.faultsCaption,
            columns: [
                (Words("#"), .text), (words.fault, .short), (words.part, .short), (words.site, .text),
                (words.from, .short), (words.lasted, .number),
            ])
        for (index, band) in outcome.faults.prefix(ReportFigures.rowsMax).enumerated() {
            let device = band.kind.device
            table.add([
                Markup.text("\(index + 1)"), speaker.say(FaultWords.standard.words(band.kind)),
                Markup([
                    FaultPatterns.swatch(device), .text(" "), speaker.say(FaultWords.standard.words(device)),
                ]),
                speaker.say(siteNames(band.sites, kind: band.kind)), speaker.say(clock.moment(band.from)),
                speaker.say(band.to > band.from ? SpanWords.exact(band.to - band.from) : words.moment),
            ])
        }
        return table.markup
    }

    var lag: Markup {
        section(words.lag, about: words.lagAbout) {
            lagTable
            if figures.branches.contains(where: { !$0.lagByHour.isEmpty }) {
                let charts = LagCharts(figures: figures, speaker: speaker)
                figure(charts.markup, caption: charts.caption)
            }
        }
    }

    private var lagTable: Markup {
        var table = TableBuilder(
            speaker, caption: words.lagTable,
            columns: [
                (words.site, .text), (words.count, .number), (Words("p50"), .number), (Words("p95"), .number),
                (Words("p99"), .number), (words.maximum, .number),
            ])
        for site in figures.branches {
            let lag = site.lag.map { [span($0.p50), span($0.p95), span($0.p99), span($0.max)] }
            table.add([site.name, grouped(site.lag?.count ?? 0)] + (lag ?? Array(repeating: Words("–"), count: 4)))
        }
        return table.markup
    }

    var backlog: Markup {
        section(words.backlog, about: words.backlogAbout) {
            if figures.branches.contains(where: { !$0.backlog.isEmpty }) {
                Markup.element("figure") { BacklogCharts(figures: figures, speaker: speaker).markup }.onItsLine
            }
        }
    }

    var level: Markup {
        section(words.level, about: words.levelAbout) {
            if outcome.heals.isEmpty {
                paragraph(words.noHeals)
            } else {
                healTable
                left(out: outcome.heals.count - ReportFigures.rowsMax)
            }
        }
    }

    private var healTable: Markup {
        let longest = figures.slowestHeal?.levelAfter?.microseconds ?? 0
        var table = TableBuilder(
            speaker, caption: words.levelAgain,
            columns: [
                (words.site, .text), (words.fault, .short), (words.healed, .short), (words.levelAt, .short),
                (words.levelAfter, .number), (Words(""), .text),
            ])
        for heal in figures.notableHeals {
            let after = heal.levelAfter
            table.add([
                speaker.say(figures.name(heal.site)), speaker.say(FaultWords.standard.words(heal.kind)),
                speaker.say(clock.moment(heal.at)),
                speaker.say(after.map { clock.moment(heal.at + $0) } ?? Words("–")),
                after.map { speaker.say(SpanWords.exact($0)) } ?? bad(words.never),
                after.map { Sparklines.bar($0.microseconds, of: longest) } ?? Markup(),
            ])
        }
        return table.markup
    }

    func bad(_ text: Words) -> Markup {
        .element("span", ["class": "found broken"]) {
            Markup.element("b", ["aria-hidden": "true"], text: "✗")
            speaker.say(text)
        }
    }

    var links: Markup {
        var table = TableBuilder(
            speaker, caption: words.linksAbout,
            columns: [
                (words.site, .text), (words.up, .number), (words.down, .number), (words.busiestDay, .number),
                (words.capacity, .number), (words.share, .number), (words.byDay, .text),
            ])
        for site in figures.branches {
            let busiest = Self.days(site).max() ?? 0
            table.add(
                [
                    site.name, Words(FigureText.bytes(figures.perDay(FigureText.sum(site.bytesUp)) ?? 0)),
                    Words(FigureText.bytes(figures.perDay(FigureText.sum(site.bytesDown)) ?? 0)),
                    Words(FigureText.bytes(busiest)), Words(FigureText.bytes(site.linkBytesPerDay)),
                    Words(FigureText.share(busiest, of: site.linkBytesPerDay)),
                ].map(speaker.say) + [Sparklines.days(up: site.bytesUp, down: site.bytesDown)])
        }
        return section(words.links) { table.markup }
    }

    /// What went over a site's link each day, both ways.
    private static func days(_ site: SiteOutcome) -> [Int64] {
        (0..<max(site.bytesUp.count, site.bytesDown.count)).map { day in
            let up = site.bytesUp.indices.contains(day) ? site.bytesUp[day] : 0
            let down = site.bytesDown.indices.contains(day) ? site.bytesDown[day] : 0
            return FigureText.sum([up, down])
        }
    }
}
