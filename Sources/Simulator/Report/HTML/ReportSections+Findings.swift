extension ReportSections {
    var expectations: Markup {
        var table = TableBuilder(
            speaker, caption: Words(outcome.file),
            columns: [
                (words.expectation, .text), (words.atMost, .number), (words.was, .number), (words.finding, .text),
            ])
        for expectation in outcome.expectations {
            let name = expectation.name
            table.add([
                speaker.say(words.expectation(name)), speaker.say(words.value(expectation.most, of: name)),
                speaker.say(expectation.was.map { words.value($0, of: name) } ?? Words("–")),
                met(expectation),
            ])
        }
        return section(words.expectations) {
            outcome.expectations.isEmpty ? paragraph(words.noExpectations) : table.markup
        }
    }

    private func met(_ expectation: ExpectationResult) -> Markup {
        guard expectation.was != nil else {
            return .element("span", ["class": "found notExercised"]) {
                Markup.element("b", ["aria-hidden": "true"], text: "○")
                speaker.say(words.notMeasured)
            }
        }
        guard expectation.isMet else { return bad(words.missed) }
        return .element("span", ["class": "found holds"]) {
            Markup.element("b", ["aria-hidden": "true"], text: "✓")
            speaker.say(words.met)
        }
    }

    var promises: Markup {
        var table = TableBuilder(
            speaker, caption: words.notExercisedAbout,
            columns: [(words.promise, .text), (words.finding, .text), (words.checked, .number)])
        for name in PromiseWords.names {
            let result = outcome.promises.first { $0.name == name }
            table.add([
                Markup([
                    speaker.say(PromiseWords.standard.words(name)), .text(" "),
                    .element("span", ["class": "code"], text: name),
                ]),
                found(result?.finding ?? .notExercised), .text(FigureText.grouped(result?.checked ?? 0)),
            ])
        }
        return section(words.promises) { table.markup }
    }

    var invariants: Markup {
        var table = TableBuilder(
            speaker, caption: words.notExercisedAbout,
            columns: [
                (Words("#"), .text), (words.invariant, .text), (words.kind, .text), (words.finding, .text),
                (words.checked, .number),
            ])
        for invariant in outcome.invariants {
            let kind = invariant.isLiveness ? words.liveness : words.safety
            table.add([
                .text("\(invariant.number)"),
                Markup([speaker.say(InvariantWords.standard.words(invariant)), waiting(invariant)]),
                .element("span", ["class": "sub"]) { speaker.say(kind) },
                found(invariant.finding), .text(FigureText.grouped(invariant.checked)),
            ])
        }
        return section(words.invariants) {
            table.markup
            breaches
            missing
        }
    }

    private func waiting(_ invariant: InvariantResult) -> Markup {
        guard let reason = invariant.waitsFor, invariant.finding == .notExercised else { return Markup() }
        return .element("div", ["class": "sub"]) {
            speaker.say(words.waitsFor)
            Markup.element("span", ["lang": "en"], text: reason)
        }
    }

    private var breaches: Markup {
        let broken = outcome.invariants.filter { !$0.breaches.isEmpty }
        guard !broken.isEmpty else { return Markup() }
        return Markup([
            .element("h3") { speaker.say(words.breaches) }.onItsLine,
            Markup(broken.flatMap { invariant in invariant.breaches.map { breach(invariant, $0) } }),
        ])
    }

    private func breach(_ invariant: InvariantResult, _ breach: Breach) -> Markup {
        .element("div", ["class": "breach"]) {
            Markup.element("p") {
                Markup.text("\(invariant.number) ")
                speaker.say(InvariantWords.standard.words(invariant))
                Markup.text(" · ")
                speaker.say(clock.moment(breach.at))
                Markup.text(" (\(DurationText.clock(breach.at))) · ")
                speaker.say(Words.list(breach.sites.map(figures.name)))
            }
            Markup.element("p", text: breach.text)
        }.onItsLine
    }

    private var missing: Markup {
        guard !outcome.missing.isEmpty else { return Markup() }
        return Markup([
            .element("h3") { speaker.say(words.missing) }.onItsLine,
            Markup(
                outcome.missing.prefix(ReportFigures.rowsMax).map { line in
                    Markup.element("div", ["class": "breach"]) { Markup.element("p", text: line) }.onItsLine
                }),
            left(out: outcome.missing.count - ReportFigures.rowsMax),
        ])
    }

    var marks: Markup {
        guard !outcome.marks.isEmpty else { return Markup() }
        var table = TableBuilder(
            speaker, caption: words.marksAbout, columns: [(words.mark, .text), (words.number, .number)])
        for mark in outcome.marks {
            table.add([
                speaker.say(MarkWords.words(mark.name)),
                Markup.text(mark.count == 0 ? "○ 0" : FigureText.grouped(mark.count)),
            ])
        }
        return section(words.marks) { table.markup }
    }

    var run: Markup {
        let lines: [(Words, Markup)] = [
            (words.verdict, .text("\(outcome.verdict.rawValue) (\(outcome.verdict.exitCode))")),
            (words.seed, .text(figures.seed)), (words.build, .text(outcome.build)),
            (words.scenarioDigest, .text(outcome.scenarioDigest)), (words.digest, .text(outcome.digest)),
            (words.starts, speaker.say(clock.moment(.zero) + " (\(clock.date(.zero)) \(zone))")),
            (words.span, .text(DurationText.text(outcome.simulated))),
            (words.events, .text(FigureText.grouped(Int64(clamping: outcome.events)))),
        ]
        return section(words.run) {
            Markup.element("dl", ["class": "run"]) {
                lines.map { label, value in
                    Markup([.element("dt") { speaker.say(label) }, .element("dd", ["class": "code"]) { value }])
                }
            }.onItsLine
            Markup.element(
                "pre", text: ([figures.command] + [figures.replay].compactMap(\.self)).joined(separator: "\n"))
        }
    }

    private var zone: String {
        let minutes = outcome.zoneMinutes.magnitude
        func two(_ number: UInt) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "UTC\(outcome.zoneMinutes < 0 ? "−" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
    }
}
