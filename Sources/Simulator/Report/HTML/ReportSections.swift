/// The sections of the report, one property each; their parts stand in extensions.
struct ReportSections {
    let outcome: Outcome
    let speaker: Speaker
    let figures: ReportFigures
    let words = ReportWords.standard
    let clock: ReportClock

    init(outcome: Outcome, speaker: Speaker) {
        self.outcome = outcome
        self.speaker = speaker
        figures = ReportFigures(outcome)
        clock = ReportClock(outcome)
    }

    func section(_ title: Words, about: Words? = nil, @MarkupBuilder _ content: () -> Markup) -> Markup {
        .element("section") {
            Markup.element("h2") { speaker.say(title) }.onItsLine
            if let about { paragraph(about) }
            content()
        }.onItsLine
    }

    func paragraph(_ words: Words) -> Markup {
        .element("p", ["class": "about"]) { speaker.say(words) }.onItsLine
    }

    func figure(_ content: Markup, caption: Words) -> Markup {
        .element("figure") {
            Markup.element("figcaption", ["class": "about"]) { speaker.say(caption) }
            content
        }.onItsLine
    }

    /// How many rows a table leaves out, if any.
    func left(out count: Int) -> Markup {
        count > 0 ? paragraph(Words(FigureText.grouped(Int64(count))) + words.others) : Markup()
    }

    func span(_ milliseconds: Int64) -> Words { SpanWords.exact(milliseconds: milliseconds) }

    func grouped(_ number: Int64) -> Words { Words(FigureText.grouped(number)) }

    func siteNames(_ sites: [String], kind: FaultKind) -> Words {
        if kind.isHubOnly { return words.theHub }
        return sites.isEmpty ? words.allBranches : Words.list(sites.map(figures.name))
    }

    /// A sign, which grey paper keeps, and the word.
    func found(_ finding: Finding) -> Markup {
        let sign =
            switch finding {
            case .holds: "✓"
            case .broken: "✗"
            case .notExercised: "○"
            }
        return .element("span", ["class": "found \(finding.rawValue)"]) {
            Markup.element("b", ["aria-hidden": "true"], text: sign)
            speaker.say(words.words(finding))
        }
    }
}
