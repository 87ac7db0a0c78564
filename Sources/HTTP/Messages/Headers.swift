/// Header fields in the order they were sent, repeats kept, names compared without regard to ASCII case.
///
/// Repeats are kept because collapsing them before a duplicate `Host` or `Content-Length` is noticed is how requests
/// are smuggled.
public struct Headers: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// One field as sent, without the white space around its value.
    public struct Field: Sendable, Hashable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// All fields in order.
    public private(set) var fields: [Field]

    public init(_ fields: [Field] = []) {
        self.fields = fields
    }

    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// The first value of a field, or nil. Setting replaces every value; setting nil removes the field.
    public subscript(name: String) -> String? {
        get { fields.first { Self.same($0.name, name) }?.value }
        set {
            remove(name)
            if let newValue { add(name, newValue) }
        }
    }

    /// Every value of a field, in order.
    public func values(_ name: String) -> [String] {
        fields.filter { Self.same($0.name, name) }.map(\.value)
    }

    /// Whether the field was sent at all.
    public func contains(_ name: String) -> Bool {
        fields.contains { Self.same($0.name, name) }
    }

    /// Adds a field and keeps those of the same name.
    public mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Removes every field of that name.
    public mutating func remove(_ name: String) {
        fields.removeAll { Self.same($0.name, name) }
    }

    /// The elements of a comma-separated list field, over all its repeats, in lower case, empty ones dropped.
    public func listTokens(_ name: String) -> [String] {
        values(name).flatMap { value in
            value.utf8.split(separator: UInt8(ascii: ",")).compactMap { element in
                let token = ByteRules.trimmed(element)
                return token.isEmpty ? nil : String(decoding: token.map(ByteRules.lowercased), as: UTF8.self)
            }
        }
    }

    private static func same(_ first: String, _ second: String) -> Bool {
        let (left, right) = (first.utf8, second.utf8)
        return left.count == right.count
            && zip(left, right).allSatisfy { ByteRules.lowercased($0) == ByteRules.lowercased($1) }
    }
}
