import Standards

/// Fields as they are typed: `id=text`, or `id:=JSON` for numbers, true and false.
enum FieldValues {
    static let option = OptionRule(
        "field", "ID=VALUE", "a field of the form; ID:=VALUE for a number, true, false or null", .repeated)

    static func read(_ invocation: Invocation) throws -> [String: JSONValue] {
        var fields: [String: JSONValue] = [:]
        for text in invocation.texts("field") {
            let (name, value) = try field(text, invocation)
            guard fields.updateValue(value, forKey: name) == nil else {
                throw invocation.refusal("the field \(name) is given twice", "give it once")
            }
        }
        return fields
    }

    private static func field(_ text: String, _ invocation: Invocation) throws -> (String, JSONValue) {
        guard let equals = text.firstIndex(of: "=") else {
            throw invocation.refusal("`--field \(text)` has no =", "write --field ID=VALUE")
        }
        let value = String(text[text.index(after: equals)...])
        var name = String(text[..<equals])
        guard name.hasSuffix(":") else { return (name, .string(value)) }
        name.removeLast()
        do {
            return (name, try JSONValue(parsing: value, sizeLimit: 64 * 1024))
        } catch {
            throw invocation.refusal("the value of \(name) is not JSON: \(error.reason)", "write --field \(name)=TEXT")
        }
    }
}
