/// One step of the schema, forward only. Steps are numbered by their place in the list, from 1.
public struct Migration {
    /// What it does, for error messages.
    public let name: String
    /// The schema's edition that brought it, from 1. Lists of several owners are put together by editions, so that a
    /// new step of one does not come before the old ones of another.
    public let since: Int
    /// Makes the change, inside a transaction.
    public let apply: (Database) throws -> Void

    public init(name: String, since: Int = 1, apply: @escaping (Database) throws -> Void) {
        self.name = name
        self.since = since
        self.apply = apply
    }
}
