import Standards

/// Brings a ticket in as the one that it was: under its identifier and number, and with its own source, if it had one,
/// as an export of ours gives them.
///
///     "identity": {"id": {"column": "id"}, "number": {"column": "number"},
///                  "source": {"column": "source"}, "key": {"column": "sourceKey"},
///                  "version": {"column": "sourceVersion", "kind": "integer"},
///                  "time": {"column": "sourceTime", "format": "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"}}
///
/// Only `id` and `number` must be there.
public struct IdentityRule: Sendable {
    public let id: ValueRule
    public let number: ValueRule
    public let source: ValueRule?
    public let key: ValueRule?
    public let version: ValueRule?
    public let time: ValueRule?

    /// Its rules with their names, in a fixed order.
    var rules: [(name: String, rule: ValueRule)] {
        [("id", id), ("number", number), ("source", source), ("key", key), ("version", version), ("time", time)]
            .compactMap { name, rule in rule.map { (name, $0) } }
    }

    init?(reading reader: JSONReader, zones: ZoneLookup) {
        func rule(_ name: String, _ presence: JSONReader.Presence = .optional) -> ValueRule? {
            reader.object(name, presence) { ValueRule.plain($0, zones) }
        }
        let (id, number) = (rule("id", .required), rule("number", .required))
        (source, key, version, time) = (rule("source"), rule("key"), rule("version"), rule("time"))
        guard let id, let number else { return nil }
        (self.id, self.number) = (id, number)
    }
}
