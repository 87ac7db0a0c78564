/// The rules by which an entity folds: those that its creation names, for as long as it lives, so that every version
/// folds it alike. Old ones stay in the code.
enum FoldRules: UInt8 {
    case first = 1
}

extension Creation {
    /// The rules that it names; nil for those of a newer version.
    var foldRules: FoldRules? { FoldRules(rawValue: rules) }
}
