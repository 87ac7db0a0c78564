/// One thing that breaks a habit of the house: where it is, which rule says so, and what to do about it.
struct Finding: Hashable, Comparable, CustomStringConvertible {
    /// The file, relative to the root of the project.
    let path: String
    /// Counted from 1; 1 as well for what concerns the whole file.
    let line: Int
    /// The name of the rule.
    let rule: String
    /// What is wrong and what to do instead.
    let remedy: String

    var description: String { "\(path):\(line): \(rule): \(remedy)" }

    static func < (left: Finding, right: Finding) -> Bool {
        (left.path, left.line, left.rule, left.remedy) < (right.path, right.line, right.rule, right.remedy)
    }
}
