/// The shell of a page: its head with the style, the switch of languages, and what stands between.
///
/// Two radio buttons and a style choose the language, so that no script runs and a print shows what the screen showed.
struct ReportPage {
    let language: ReportLanguage
    let title: Words
    let content: Markup

    var bytes: [UInt8] {
        let speaker = Speaker(language: language)
        let page = Markup.element("html", ["lang": language == .en ? "en" : "zh-CN"]) {
            Markup.element("head") {
                Markup.empty("meta", ["charset": "utf-8"]).onItsLine
                Markup.empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]).onItsLine
                Markup.empty("meta", ["name": "color-scheme", "content": "light"]).onItsLine
                Markup.element("title", text: speaker.plain(title)).onItsLine
                Markup.element("style") { Markup(trusted: ReportStyle.sheet) }.onItsLine
            }.onItsLine
            Markup.element("body") {
                if language == .both { switches }
                FaultPatterns.definitions
                Markup.element("main") { content }.onItsLine
            }.onItsLine
        }
        return Array("<!DOCTYPE html>\n\(page.source)\n".utf8)
    }

    private var switches: Markup {
        Markup([
            .empty(
                "input",
                [
                    "class": "switch", "type": "radio", "name": "language", "id": "in-zh", "checked": "checked",
                    "aria-label": "中文",
                ]),
            .empty(
                "input",
                ["class": "switch", "type": "radio", "name": "language", "id": "in-en", "aria-label": "English"]),
        ]).onItsLine
    }

    /// What is pressed to change the language; nothing in a report of one.
    static func languages(_ language: ReportLanguage) -> Markup {
        guard language == .both else { return Markup() }
        return .element("span", ["class": "languages"]) {
            Markup.element("label", ["for": "in-zh", "class": "to-zh", "lang": "zh-CN"], text: "中文")
            Markup.element("label", ["for": "in-en", "class": "to-en", "lang": "en"], text: "English")
        }
    }
}
