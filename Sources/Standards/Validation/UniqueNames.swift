/// Remembers which names a document has given away, and reports the second claim to one.
public struct UniqueNames {
    private var claims: [String: String] = [:]
    private let what: String

    /// - Parameter what: what is named, as in "the site nx-hub is given twice".
    public init(_ what: String) { self.what = what }

    /// The names claimed, sorted.
    public var all: [String] { claims.keys.sorted() }

    public func contains(_ name: String) -> Bool { claims[name] != nil }

    /// The path at which `name` was claimed first.
    public func path(of name: String) -> String? { claims[name] }

    /// Claims `name`, or adds a finding that says where it was claimed before.
    /// - Returns: whether the name was free.
    @discardableResult
    public mutating func claim(_ name: String, at path: String, _ log: FindingLog) -> Bool {
        if let first = claims[name] {
            log.add(path, "the \(what) \(Finding.quote(name)) is given twice, first at \(first)", "rename one of them")
            return false
        }
        claims[name] = path
        return true
    }
}
