extension Comparison {
    /// The same as a page in the style of the report, in both languages.
    public var html: [UInt8] {
        let speaker = Speaker(language: .both)
        let words = ReportWords.standard
        let title = words.comparison
        let content = Markup([
            .element("header") {
                Markup.element("div", ["class": "kicker"]) {
                    Markup.element("span") { speaker.say(words.rehearsal) }
                    ReportPage.languages(.both)
                }
                Markup.element("h1") { speaker.say(title) }
                summary("A", first, speaker)
                summary("B", second, speaker)
            },
            section(words.figure, speaker, figures) { speaker.say($0.words) },
            section(words.lagP99BySite, speaker, lagBySite) { speaker.say($0.words) },
            section(words.backlogBySite, speaker, backlogBySite) { speaker.say($0.words) },
            findingSection(speaker),
        ])
        return ReportPage(language: .both, title: title, content: content).bytes
    }

    private func summary(_ letter: String, _ outcome: Outcome, _ speaker: Speaker) -> Markup {
        return .element("div", ["class": VerdictLook(outcome.verdict).style]) {
            Markup.element("span", ["class": "sign"], text: letter)
            Markup.element("div") {
                Markup.element("p") { speaker.say(VerdictSentence(outcome).words) }
                Markup.element(
                    "span", ["class": "code"],
                    text: "\(outcome.scenario), \(outcome.file), seed \(ReportFigures(outcome).seed), \(outcome.digest)"
                )
            }
        }.onItsLine
    }

    private func section(
        _ title: Words, _ speaker: Speaker, _ figures: [ComparedFigure], _ label: (ComparedFigure) -> Markup
    ) -> Markup {
        let words = ReportWords.standard
        var table = TableBuilder(
            speaker, caption: words.comparison,
            columns: [
                (words.figure, .text), (Words("A"), .number), (Words("B"), .number), (words.difference, .number),
            ])
        for figure in figures {
            table.add([
                label(figure), speaker.say(figure.first.map(figure.unit.words) ?? Words("–")),
                speaker.say(figure.second.map(figure.unit.words) ?? Words("–")),
                .element(figure.differs ? "strong" : "span") { speaker.say(figure.differenceWords) },
            ])
        }
        return .element("section") {
            Markup.element("h2") { speaker.say(title) }
            table.markup
        }.onItsLine
    }

    private func findingSection(_ speaker: Speaker) -> Markup {
        let words = ReportWords.standard
        var table = TableBuilder(
            speaker, caption: words.notExercisedAbout,
            columns: [(words.promise, .text), (Words("A"), .text), (Words("B"), .text)])
        for name in PromiseWords.names {
            let findings = [first, second].map { outcome in
                outcome.promises.first { $0.name == name }?.finding ?? .notExercised
            }
            let cells = findings.map { finding in
                Markup.element(findings[0] == findings[1] ? "span" : "strong") { speaker.say(words.words(finding)) }
            }
            table.add([speaker.say(PromiseWords.standard.words(name))] + cells)
        }
        return .element("section") {
            Markup.element("h2") { speaker.say(words.promises) }
            table.markup
        }.onItsLine
    }
}
