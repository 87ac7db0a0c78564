import Hashing

/// What came of checking a site's database against its own log.
public struct Verification: Sendable {
    /// Problems that are kept in words; further ones are counted.
    public static let problemsMax = 200

    /// Entities folded again.
    public internal(set) var entities = 0
    /// Changes whose hashes were computed again.
    public internal(set) var changes = 0
    /// What is wrong, naming entities and changes by their identifiers only.
    public private(set) var problems: [String] = []
    /// Problems found, those not kept in words included.
    public private(set) var problemCount = 0
    /// SHA-256 over kind, identifier and state of everything that the site in question may see.
    public internal(set) var digest: [UInt8] = []

    public var isClean: Bool { problemCount == 0 }

    public init() {}

    public mutating func report(_ problem: String) {
        problemCount += 1
        if problems.count < Self.problemsMax { problems.append(problem) }
    }
}
