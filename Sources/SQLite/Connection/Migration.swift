/// One step of the schema, forward only. Steps are numbered by their place in the list, from 1.
public struct Migration {
    /// What it does, for error messages.
    public let name: String
    /// Makes the change, inside a transaction.
    public let apply: (Database) throws -> Void

    public init(name: String, apply: @escaping (Database) throws -> Void) {
        self.name = name
        self.apply = apply
    }
}
