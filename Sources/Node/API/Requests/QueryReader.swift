import HTTP
import Standards

/// Reads a query; what is unknown, repeated or out of range is refused, so that a slip does not pass for an answer.
struct QueryReader {
    private let values: [String: String]

    init(_ request: Request, _ known: [String]) throws {
        var values: [String: String] = [:]
        for item in request.query {
            guard known.contains(item.name) else {
                let hint = NearestWord.hint(for: item.name, among: known)
                throw Self.wrong("\(Finding.quote(item.name)) is not asked here; \(hint)")
            }
            guard values.updateValue(item.value, forKey: item.name) == nil else {
                throw Self.wrong("\(item.name) is given twice")
            }
        }
        self.values = values
    }

    /// The value as given; nil when it was left out or empty.
    func text(_ name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    func integer(_ name: String, in range: ClosedRange<Int>, default fallback: Int) throws -> Int {
        guard let text = text(name) else { return fallback }
        guard let value = Int(text), range.contains(value) else {
            throw Self.wrong("\(name) is not a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// One of a few words.
    func choice(_ name: String, of words: [String]) throws -> String? {
        guard let text = text(name) else { return nil }
        guard words.contains(text) else {
            let known = words.joined(separator: ", ")
            throw Self.wrong(words.count == 1 ? "\(name) can only be \(known)" : "\(name) is none of \(known)")
        }
        return text
    }

    /// A value that `read` must understand.
    func value<T>(_ name: String, _ what: String, _ read: (String) -> T?) throws -> T? {
        guard let text = text(name) else { return nil }
        guard let value = read(text) else { throw Self.wrong("\(name) is not \(what)") }
        return value
    }

    static func wrong(_ what: String) -> NodeError {
        NodeError(.badRequest, "The query cannot be answered: \(what).", remedy: "Correct it and ask again.")
    }
}
