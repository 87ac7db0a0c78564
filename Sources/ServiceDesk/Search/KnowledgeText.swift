/// Text as the knowledge is searched in: letters and digits only, small and narrow, a blank wherever something else
/// stood. There are few articles, so they are looked through whole, and two characters find something in Chinese too.
enum KnowledgeText {
    static func folded(_ text: String) -> String {
        Bigrams.words(text).map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
    }

    /// The same in one run, so that a number is found however its digits are parted.
    static func run(_ text: String) -> String { String(String.UnicodeScalarView(Bigrams.words(text).joined())) }
}
