/// A list of the pack that the options of a choice are taken from, so that nothing is written twice.
public enum OptionSource: String, Hashable, Sendable, CaseIterable {
    case accessClasses
    case businesses
    case modes
    case grades
    case customerClasses
    case departments
    case pauseReasons
    case accessSchemes
}

/// What a form may take from the rest of its pack.
struct FormSources {
    var options: [OptionSource: [FieldOption]] = [:]
    /// Fields that several forms have in common, by the name of their set.
    var sets: [String: [FormField]] = [:]
    /// Nil when nobody has said how fields are numbered.
    var numbers: NumberBook?
}
