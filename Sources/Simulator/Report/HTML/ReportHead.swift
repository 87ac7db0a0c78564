/// The first page of a report: what was rehearsed, the verdict, question and answer, and six figures.
struct ReportHead {
    let outcome: Outcome
    let speaker: Speaker

    private var figures: ReportFigures { ReportFigures(outcome) }
    private var words: ReportWords { .standard }

    var markup: Markup {
        .element("header") {
            Markup.element("div", ["class": "kicker"]) {
                Markup.element("span") {
                    speaker.say(words.rehearsal)
                    Markup.text(" · ")
                    speaker.say(outcome.province)
                    Markup.text(" · ")
                    speaker.say(period)
                }
                ReportPage.languages(speaker.language)
            }.onItsLine
            Markup.element("h1", ["class": "name"], text: outcome.scenario).onItsLine
            verdict.onItsLine
            question.onItsLine
            tiles
        }.onItsLine
    }

    private var period: Words {
        let clock = ReportClock(outcome)
        return Words("\(clock.date(.zero)) – \(clock.date(outcome.simulated))")
    }

    private var verdict: Markup {
        let look = VerdictLook(outcome.verdict)
        return .element("div", ["class": look.style]) {
            Markup.element("span", ["class": "sign", "aria-hidden": "true"], text: look.sign)
            Markup.element("p") { speaker.say(VerdictSentence(outcome).words) }
        }
    }

    private var question: Markup {
        .element("dl", ["class": "asks"]) {
            Markup.element("dt") { speaker.say(words.question) }
            Markup.element("dd", ["class": "name"], text: outcome.asks)
            Markup.element("dt") { speaker.say(words.answer) }
            Markup.element("dd") {
                VerdictSentence(outcome).answer.map { sentence in
                    Markup.element("p") { speaker.say(sentence) }
                }
            }
        }
    }

    private var tiles: Markup {
        .element("dl", ["class": "tiles", "aria-label": speaker.plain(words.atAGlance)]) {
            lagTile
            backlogTile
            levelTile
            tile(
                words.conflictsPerThousand,
                Words(figures.perThousand(figures.conflicts).map(FigureText.tenths) ?? "–"),
                Words(
                    zh: "\(FigureText.grouped(figures.conflicts)) 次冲突",
                    en: "\(FigureText.grouped(figures.conflicts)) conflicts"))
            tile(
                words.refundsPaid, Words(FigureText.yuan(fen: outcome.refunds.paidFen)),
                Words(
                    zh: "\(FigureText.grouped(outcome.refunds.paid)) 笔",
                    en: "\(FigureText.grouped(outcome.refunds.paid)) refunds"))
            tile(
                words.hubBusy, Words(FigureText.percent(perMille: outcome.hub.busyPerMilleP95)),
                Words(FigureText.grouped(outcome.changes) + " ") + words.changes
                    + Words(zh: "，", en: ", ") + Words(FigureText.grouped(outcome.tickets) + " ") + words.tickets)
        }.onItsLine
    }

    private var lagTile: Markup {
        let site = figures.mostBehind
        return tile(
            words.worstLag, site.map { SpanWords.exact(milliseconds: ReportFigures.longest($0)) } ?? Words("–"),
            site?.name ?? Words(""))
    }

    private var backlogTile: Markup {
        let peak = figures.backlogPeak
        return tile(
            words.backlogPeak, Words(FigureText.grouped(peak?.operations ?? 0)),
            peak.map { $0.site.name + Words(zh: "，", en: ", ") + ReportClock(outcome).moment($0.at) } ?? Words(""))
    }

    private var levelTile: Markup {
        let never = figures.neverLevel
        let slowest = figures.slowestHeal
        return tile(
            words.slowestHeal,
            never.isEmpty ? slowest?.levelAfter.map(SpanWords.exact) ?? Words("–") : words.never,
            (never.first ?? slowest).map { figures.name($0.site) } ?? Words(""))
    }

    private func tile(_ label: Words, _ value: Words, _ note: Words) -> Markup {
        .element("div") {
            Markup.element("dt") { speaker.say(label) }
            Markup.element("dd") { speaker.say(value) }
            Markup.element("dd", ["class": "sub"]) { speaker.say(note) }
        }
    }
}
