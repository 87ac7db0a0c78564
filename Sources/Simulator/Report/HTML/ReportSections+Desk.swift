extension ReportSections {
    var conflicts: Markup {
        section(words.conflicts) {
            if outcome.conflicts.byField.isEmpty {
                paragraph(words.noConflicts)
            } else {
                conflictTable
                pairs
            }
        }
    }

    private var conflictTable: Markup {
        let edits = FigureText.grouped(outcome.conflicts.edits)
        var table = TableBuilder(
            speaker, caption: Words(zh: "共 \(edits) 次修改", en: "Of \(edits) edits"),
            columns: [
                (words.field, .text), (words.rule, .text), (words.number, .number), (words.perThousand, .number),
                (words.commonestPair, .text), (words.number, .number),
            ])
        for conflict in outcome.conflicts.byField {
            table.add([
                words.field(conflict.field), words.rule(conflict.rule), grouped(conflict.count),
                Words(figures.perThousand(conflict.count).map(FigureText.tenths) ?? "–"), pair(conflict),
                grouped(conflict.pairCount),
            ])
        }
        table.sumUp([
            words.inAll, Words(""), grouped(figures.conflicts),
            Words(figures.perThousand(figures.conflicts).map(FigureText.tenths) ?? "–"), Words(""), Words(""),
        ])
        return table.markup
    }

    private func pair(_ conflict: ConflictCount) -> Words {
        let names = conflict.pair.map(figures.name)
        return Words(
            zh: names.map(\.zh).joined(separator: " ↔ "), en: names.map(\.en).joined(separator: " ↔ "))
    }

    private var pairs: Markup {
        let commonest = figures.commonestPairs
        guard !commonest.isEmpty else { return Markup() }
        let items = commonest.map { conflict in
            pair(conflict) + Words(zh: "（", en: " (") + words.field(conflict.field)
                + " \(FigureText.grouped(conflict.pairCount))" + Words(zh: "）", en: ")")
        }
        return paragraph(words.commonestPair + Words(zh: "：", en: ": ") + Words.list(items) + Words(zh: "。", en: "."))
    }

    var refunds: Markup {
        let refunds = outcome.refunds
        let duplicates = words.asDuplicates + " \(FigureText.grouped(refunds.refusedAsDuplicates))"
        let tiles: [(Words, String, Words)] = [
            (words.asked, FigureText.grouped(refunds.asked), Words("")),
            (words.granted, FigureText.grouped(refunds.granted), Words("")),
            (words.refused, FigureText.grouped(refunds.refused), duplicates),
            (words.waiting, FigureText.grouped(refunds.waiting), Words("")),
            (words.paid, FigureText.grouped(refunds.paid), Words("")),
            (words.paidSum, FigureText.yuan(fen: refunds.paidFen), Words("")),
        ]
        return section(words.refunds) { row(of: tiles) }
    }

    private func row(of tiles: [(Words, String, Words)]) -> Markup {
        Markup.element("dl", ["class": "tiles"]) {
            tiles.map { label, value, note in
                Markup.element("div") {
                    Markup.element("dt") { speaker.say(label) }
                    Markup.element("dd", text: value)
                    Markup.element("dd", ["class": "sub"]) { speaker.say(note) }
                }
            }
        }.onItsLine
    }

    /// Nothing where the standard sets no limits.
    var service: Markup {
        let service = outcome.service
        guard service.clocks > 0 else { return Markup() }
        let doubt = words.inDoubt + " \(FigureText.grouped(service.unconfirmed))"
        return section(words.service) {
            paragraph(words.serviceAbout)
            row(of: [
                (words.clocks, FigureText.grouped(service.clocks), Words("")),
                (words.breachesSeen, FigureText.grouped(service.seen), Words("")),
                (words.breachesTrue, FigureText.grouped(service.real), doubt),
                (words.breachesByLag, FigureText.grouped(service.byLag), Words("")),
                (words.breachesRevised, FigureText.grouped(service.revised), Words("")),
            ])
        }
    }

    var hub: Markup {
        let hub = outcome.hub
        var table = TableBuilder(
            speaker, caption: words.wholeRun,
            columns: [(words.figure, .text), (words.wholeRun, .number), (words.perHourMost, .number)])
        table.add([
            words.hubBusy, Words(FigureText.percent(perMille: hub.busyPerMilleP95)),
            Words(FigureText.percent(perMille: hub.busyPerMille.max() ?? 0)),
        ])
        table.add([
            words.requests, grouped(FigureText.sum(hub.requests)), grouped(hub.requests.max() ?? 0),
        ])
        for (label, values) in [(words.bytesIn, hub.bytesIn), (words.bytesOut, hub.bytesOut)] {
            table.add([
                label, Words(FigureText.bytes(FigureText.sum(values))), Words(FigureText.bytes(values.max() ?? 0)),
            ])
        }
        return section(words.hub, about: words.hubAbout) {
            if !hub.busyPerMille.isEmpty {
                Markup.element("figure") { HubChart(figures: figures, speaker: speaker).markup }.onItsLine
            }
            table.markup
        }
    }

    var databases: Markup {
        var table = TableBuilder(
            speaker, caption: words.databasesAbout,
            columns: [
                (words.site, .text), (words.size, .number), (words.growth, .number), (words.count, .number),
                (words.crashes, .number), (words.slowestWrite, .number),
            ])
        for site in outcome.sites {
            let bytes = site.isHub ? max(site.databaseBytes, outcome.hub.databaseBytes) : site.databaseBytes
            table.add([
                site.name, Words(FigureText.bytes(bytes)),
                Words(figures.perDay(bytes).map(FigureText.bytes) ?? "–"), grouped(site.changes),
                grouped(site.crashes), span(site.slowestWriteMilliseconds),
            ])
        }
        return section(words.databases) { table.markup }
    }
}
