/// Puts wordings into markup in the language, or the languages, of a report.
struct Speaker {
    let language: ReportLanguage

    /// With both languages each stands in a span of its class, and the page's style shows one of them.
    func say(_ words: Words) -> Markup { said(words, "span") }

    /// The same inside the `text` of an SVG.
    func label(_ words: Words) -> Markup { said(words, "tspan") }

    private func said(_ words: Words, _ element: StaticString) -> Markup {
        switch language {
        case .zh: return .text(words.zh)
        case .en: return .text(words.en)
        case .both:
            if words.zh == words.en { return .text(words.zh) }
            return Markup([
                .element(element, ["class": "zh", "lang": "zh-CN"], text: words.zh),
                .element(element, ["class": "en", "lang": "en"], text: words.en),
            ])
        }
    }

    /// Where no element may stand, as in a title: both, one after the other.
    func plain(_ words: Words) -> String {
        switch language {
        case .zh: words.zh
        case .en: words.en
        case .both: words.zh == words.en ? words.zh : "\(words.zh) · \(words.en)"
        }
    }
}
