import Standards

/// Who the customer of a row is: taken down with the ticket, when there is a name or a telephone number.
///
///     "customer": {"name": {"column": "Caller"}, "phone": {"column": "Telephone"}, "id": {"column": "customerId"}}
///
/// `id` is an identifier of ours, 32 hexadecimal digits, as an export gives it: rows with the same one share a
/// customer.
public struct CustomerRule: Sendable {
    public let name: ValueRule?
    public let phone: ValueRule?
    public let id: ValueRule?

    /// Its rules with their names, in a fixed order.
    var rules: [(name: String, rule: ValueRule)] {
        [("name", name), ("phone", phone), ("id", id)].compactMap { name, rule in rule.map { (name, $0) } }
    }

    init?(reading reader: JSONReader, zones: ZoneLookup) {
        func rule(_ name: String) -> ValueRule? {
            reader.object(name, .optional) { ValueRule.plain($0, zones) }
        }
        (name, phone, id) = (rule("name"), rule("phone"), rule("id"))
        if !reader.has("name"), !reader.has("phone") {
            reader.report(nil, "names nobody", "give \"name\" or \"phone\"")
        }
    }
}
