/// Whoever opens the project should see at once what it is made of.
struct RootRule: Rule {
    let name = "root"

    func findings(in tree: SourceTree) -> [Finding] {
        tree.rootEntries.filter { !$0.hasPrefix(".") && !House.rootEntries.contains($0) }.map { entry in
            Finding(
                path: entry, line: 1, rule: name,
                remedy: "does not belong at the root: move it into Sources, Tests, Topology, Simulations or ops")
        }
    }
}
