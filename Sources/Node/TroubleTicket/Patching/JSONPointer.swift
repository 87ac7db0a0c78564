import Standards

/// A place in a JSON document (RFC 6901).
struct JSONPointer {
    /// Bytes of a pointer.
    static let bytesMax = 1_000

    private let tokens: [String]

    init?(_ text: String) {
        guard text.utf8.count <= Self.bytesMax, text.isEmpty || text.utf8.first == UInt8(ascii: "/") else { return nil }
        var tokens: [String] = []
        for part in text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        where !text.isEmpty {
            guard let token = Self.unescaped(part) else { return nil }
            tokens.append(token)
        }
        self.init(tokens: tokens)
    }

    private init(tokens: [String]) { self.tokens = tokens }

    private static func unescaped(_ part: some Collection<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var iterator = part.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "~") else {
                bytes.append(byte)
                continue
            }
            switch iterator.next() {
            case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    func isBelow(_ other: JSONPointer) -> Bool {
        tokens.count > other.tokens.count && tokens.starts(with: other.tokens)
    }

    func value(in document: JSONValue) -> JSONValue? {
        tokens.reduce(Optional(document)) { value, token in
            switch value {
            case .object(let members)?: members[token]
            case .array(let elements)?: Self.index(token, below: elements.count).map { elements[$0] }
            default: nil
            }
        }
    }

    /// - Returns: nil where there is no such place, here and below.
    func adding(_ value: JSONValue, to document: JSONValue) -> JSONValue? {
        if tokens.isEmpty { return value }
        return changed(document) { parent, token in
            switch parent {
            case .object(var members):
                members[token] = value
                return .object(members)
            case .array(var elements):
                let end = elements.count
                guard let index = token == "-" ? end : Self.index(token, below: end + 1) else { return nil }
                elements.insert(value, at: index)
                return .array(elements)
            default: return nil
            }
        }
    }

    func removing(from document: JSONValue) -> JSONValue? {
        changed(document) { parent, token in
            switch parent {
            case .object(var members):
                return members.removeValue(forKey: token) == nil ? nil : .object(members)
            case .array(var elements):
                guard let index = Self.index(token, below: elements.count) else { return nil }
                elements.remove(at: index)
                return .array(elements)
            default: return nil
            }
        }
    }

    func replacing(with value: JSONValue, in document: JSONValue) -> JSONValue? {
        if tokens.isEmpty { return value }
        return changed(document) { parent, token in
            switch parent {
            case .object(var members):
                members[token] = value
                return .object(members)
            case .array(var elements):
                guard let index = Self.index(token, below: elements.count) else { return nil }
                elements[index] = value
                return .array(elements)
            default: return nil
            }
        }
    }

    /// The document with the value that holds the last token changed.
    private func changed(_ document: JSONValue, _ change: (JSONValue, String) -> JSONValue?) -> JSONValue? {
        guard let first = tokens.first else { return nil }
        guard tokens.count > 1 else { return change(document, first) }
        guard let inner = JSONPointer(tokens: [first]).value(in: document),
            let changed = JSONPointer(tokens: Array(tokens.dropFirst())).changed(inner, change)
        else { return nil }
        return JSONPointer(tokens: [first]).replacing(with: changed, in: document)
    }

    /// Digits without leading zeros.
    private static func index(_ token: String, below end: Int) -> Int? {
        guard let index = Int(token), index >= 0, index < end, String(index) == token else { return nil }
        return index
    }
}
