/// A piece of HTML or SVG that is also well-formed XML. Text enters through ``text(_:)`` or an attribute, both escaped;
/// names of elements and attributes are literals of ours.
struct Markup {
    private(set) var source: String

    /// What is known to be markup already.
    init(trusted source: StaticString) { self.source = "\(source)" }

    init(_ parts: [Markup] = []) { source = parts.map(\.source).joined() }

    private init(source: String) { self.source = source }

    static func text(_ text: String) -> Markup { Markup(source: SafeText.escaped(text)) }

    static func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
        @MarkupBuilder _ content: () -> Markup
    ) -> Markup {
        Markup(source: opening(name, attributes) + ">" + content().source + "</\(name)>")
    }

    static func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], text: String
    ) -> Markup {
        element(name, attributes) { Markup.text(text) }
    }

    /// An element without content, such as `<br/>` or `<rect …/>`.
    static func empty(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:]) -> Markup {
        Markup(source: opening(name, attributes) + "/>")
    }

    private static func opening(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>) -> String {
        attributes.reduce(into: "<\(name)") { $0 += " \($1.key)=\"\(SafeText.escaped($1.value))\"" }
    }

    /// The same with a line feed after it, so that the file has lines.
    var onItsLine: Markup { Markup(source: source + "\n") }
}

/// Lets markup be written as nested blocks.
@resultBuilder
enum MarkupBuilder {
    static func buildExpression(_ part: Markup) -> Markup { part }
    static func buildExpression(_ parts: [Markup]) -> Markup { Markup(parts) }
    static func buildBlock(_ parts: Markup...) -> Markup { Markup(parts) }
    static func buildOptional(_ part: Markup?) -> Markup { part ?? Markup() }
    static func buildEither(first part: Markup) -> Markup { part }
    static func buildEither(second part: Markup) -> Markup { part }
    static func buildArray(_ parts: [Markup]) -> Markup { Markup(parts) }
}
