/// SQL made only of literals, so that no SQL is ever built from input.
///
/// Values go in as parameters (`?`); longer texts are put together with `+` from literals.
public struct SQL: ExpressibleByStringLiteral, Hashable, Sendable {
    private enum Storage: Sendable {
        case literal(StaticString)
        case joined(String)
    }

    private let storage: Storage

    public init(stringLiteral: StaticString) {
        precondition(stringLiteral.hasPointerRepresentation, "a statement is longer than one character")
        storage = .literal(stringLiteral)
    }

    /// For texts this module itself makes from numbers, where SQLite takes no parameter.
    init(trusted text: String) {
        storage = .joined(text)
    }

    /// The two texts, one after the other.
    public static func + (left: SQL, right: SQL) -> SQL {
        SQL(trusted: left.text + right.text)
    }

    /// The text.
    public var text: String {
        switch storage {
        case .literal(let literal): literal.description
        case .joined(let text): text
        }
    }

    public static func == (left: SQL, right: SQL) -> Bool {
        left.cacheKey == right.cacheKey || left.text == right.text
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }

    /// What a statement is found by: a literal's address is enough and needs no look at the text.
    ///
    /// The same text at two addresses gives two keys, which costs one more prepared statement.
    enum CacheKey: Hashable {
        case address(UInt)
        case text(String)
    }

    /// Of a literal.
    var address: UInt? {
        if case .literal(let literal) = storage { UInt(bitPattern: literal.utf8Start) } else { nil }
    }

    var cacheKey: CacheKey {
        switch storage {
        case .literal(let literal): .address(UInt(bitPattern: literal.utf8Start))
        case .joined(let text): .text(text)
        }
    }

    func withUTF8<T>(_ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T {
        switch storage {
        case .literal(let literal):
            return try body(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
        case .joined(var text):
            return try text.withUTF8(body)
        }
    }
}
