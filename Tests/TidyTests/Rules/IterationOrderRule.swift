/// A dictionary or a set gives its elements in another order in every run. Where such an order escapes, two sites that
/// know the same no longer do the same.
///
/// A text shows only the spelled forms; running under two hash seeds finds the rest.
struct IterationOrderRule: Rule {
    let name = "iteration order"

    static let permission = "// order does not matter:"

    private static let remedy =
        "iterates a dictionary or a set: go over `.sorted…`, or say above it `\(permission) reason`"

    func findings(in tree: SourceTree) -> [Finding] {
        let core = tree.swiftFiles.filter(\.isCore)
        let kinds = core.map { DeclaredKinds($0.tokens) }
        return core.indices.flatMap { position in
            let file = core[position]
            let others = core.indices.filter { $0 != position && core[$0].target == file.target }.map { kinds[$0] }
            let reading = Reading(tokens: file.tokens, own: kinds[position], others: others)
            return (reading.loops() + reading.chains()).sorted()
                .map { file.tokens[$0].line }
                .filter { !file.isExplained(line: $0, by: Self.permission) }
                .map { finding(file, $0, Self.remedy) }
        }
    }
}
