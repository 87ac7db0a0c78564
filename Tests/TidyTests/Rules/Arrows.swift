/// Which target may use which.
enum Arrows {
    /// Our own targets that a target may name. What is not listed may not exist.
    static let allowed: [String: Set<String>] = {
        let store: Set<String> = ["Hashing", "SQLite"]
        let rules = store.union(["Replication", "Standards"])
        let services = rules.union(["Console", "HTTP", "ServiceDesk"])
        return [
            "Hashing": ["CHashing"], "CHashing": [], "CSQLite": [], "CCrypt": [], "CEpoll": [], "CConsole": [],
            "SQLite": ["CSQLite", "Hashing"],
            "Standards": store, "Replication": store,
            "ServiceDesk": rules, "Console": ["CConsole", "Hashing"], "HTTP": ["CEpoll", "Hashing"],
            "Node": services.union(["CCrypt"]), "Simulator": services.union(["CSQLite"]),
            // The bench takes its baselines from the library itself, so that they are as fast as they can be.
            "tributary": services.union(["CSQLite", "Node", "Simulator"]),
            "fuzzer": services.union(["Node"]),
        ]
    }()

    static let ours = Set(allowed.keys)

    /// Beside our own, what targets of the core may name.
    static let coreModules: [String: Set<String>] = [
        "Hashing": [],
        "SQLite": ["FoundationEssentials", "Synchronization", "Glibc"],
    ]

    static let otherCoreModules: Set<String> = ["FoundationEssentials", "Synchronization"]

    /// Beside our own, what the shells may name: Swift's own for Linux.
    static let shellModules: Set<String> = [
        "Foundation", "FoundationEssentials", "FoundationInternationalization", "FoundationNetworking",
        "Dispatch", "Glibc", "Synchronization",
    ]

    static func breach(from target: String, to module: String) -> String? {
        guard let below = allowed[target] else {
            return "the target \(target) has no place in the house yet: decide its arrows in Arrows.allowed"
        }
        if ours.contains(module) {
            return below.contains(module)
                ? nil : "arrows run downward only, and \(target) does not stand above \(module)"
        }
        let system = House.coreTargets.contains(target) ? coreModules[target] ?? otherCoreModules : shellModules
        if system.contains(module) { return nil }
        return House.coreTargets.contains(target)
            ? "the core is synchronous and reaches for nothing: FoundationEssentials at most"
            : "no third-party module: only what Swift brings for Linux"
    }
}
