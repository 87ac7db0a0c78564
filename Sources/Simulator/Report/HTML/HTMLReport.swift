/// The page that a rehearsal ends in: one file without script and without a request to anywhere, for the screen and
/// for A4. Equal outcomes give equal bytes.
public struct HTMLReport: Sendable {
    private let outcome: Outcome
    private let language: ReportLanguage

    /// - Parameter language: both stand in one file with a switch at its head, unless one is asked for.
    public init(_ outcome: Outcome, language: ReportLanguage = .both) {
        self.outcome = outcome
        self.language = language
    }

    /// UTF-8, well-formed as HTML and as XML.
    public var bytes: [UInt8] {
        let speaker = Speaker(language: language)
        let sections = ReportSections(outcome: outcome, speaker: speaker)
        let content = Markup([
            ReportHead(outcome: outcome, speaker: speaker).markup,
            sections.faults, sections.lag, sections.backlog, sections.level, sections.conflicts, sections.refunds,
            sections.service, sections.hub, sections.databases, sections.links, sections.expectations,
            sections.promises,
            sections.invariants, sections.marks, sections.run,
        ])
        let title = Words(outcome.scenario) + Words(zh: " – 演练报告", en: " – rehearsal report")
        return ReportPage(language: language, title: title, content: content).bytes
    }
}
