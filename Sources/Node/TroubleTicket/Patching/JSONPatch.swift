import Standards

/// A JSON Patch (RFC 6902): a list of operations, all of them or none.
struct JSONPatch {
    static let operationsMax = 100
    /// Values of the document after any operation: copies of copies would double it a hundred times.
    static let valuesMax = 20_000

    private enum Operation {
        case add(JSONPointer, JSONValue)
        case remove(JSONPointer)
        case replace(JSONPointer, JSONValue)
        case move(from: JSONPointer, to: JSONPointer)
        case copy(from: JSONPointer, to: JSONPointer)
        case test(JSONPointer, JSONValue)
    }

    private let operations: [Operation]

    /// - Throws: ``NodeError`` that says what is wrong with which operation.
    init(_ json: JSONValue) throws {
        guard let list = json.arrayValue, list.count <= Self.operationsMax else {
            throw NodeError(
                .badRequest, "The patch is not a list of at most \(Self.operationsMax) operations.",
                remedy: "Send a JSON Patch (RFC 6902), or a merge patch under its own media type.")
        }
        operations = try list.enumerated().map { try Self.operation($1, at: $0) }
    }

    private static func operation(_ json: JSONValue, at place: Int) throws -> Operation {
        func pointer(_ name: String) throws -> JSONPointer {
            guard let pointer = json[name]?.stringValue.flatMap({ JSONPointer($0) }) else {
                throw wrong(place, "\(name) is not a JSON pointer")
            }
            return pointer
        }
        func value() throws -> JSONValue {
            guard let value = json["value"] else { throw wrong(place, "value is missing") }
            return value
        }
        switch json["op"]?.stringValue {
        case "add": return .add(try pointer("path"), try value())
        case "remove": return .remove(try pointer("path"))
        case "replace": return .replace(try pointer("path"), try value())
        case "move":
            let (from, to) = (try pointer("from"), try pointer("path"))
            guard !to.isBelow(from) else { throw wrong(place, "a value is moved into itself") }
            return .move(from: from, to: to)
        case "copy": return .copy(from: try pointer("from"), to: try pointer("path"))
        case "test": return .test(try pointer("path"), try value())
        default: throw wrong(place, "op is none of add, remove, replace, move, copy, test")
        }
    }

    func apply(to document: JSONValue) throws -> JSONValue {
        var document = document
        for (place, operation) in operations.enumerated() {
            document = try apply(operation, at: place, to: document)
            var left = Self.valuesMax
            guard Self.fits(document, depth: 0, &left) else {
                throw NodeError(
                    .badRequest,
                    "Operation \(place) of the patch makes a document of more than \(Self.valuesMax) values, or deeper "
                        + "than \(JSONValue.depthLimit).", remedy: "Copy less of it.")
            }
        }
        return document
    }

    private func apply(_ operation: Operation, at place: Int, to document: JSONValue) throws -> JSONValue {
        func found(_ pointer: JSONPointer) throws -> JSONValue {
            guard let value = pointer.value(in: document) else { throw Self.missing(place, pointer) }
            return value
        }
        func changed(_ document: JSONValue?, _ pointer: JSONPointer) throws -> JSONValue {
            guard let document else { throw Self.missing(place, pointer) }
            return document
        }
        switch operation {
        case .add(let path, let value): return try changed(path.adding(value, to: document), path)
        case .remove(let path):
            _ = try found(path)
            return try changed(path.removing(from: document), path)
        case .replace(let path, let value):
            _ = try found(path)
            return try changed(path.replacing(with: value, in: document), path)
        case .move(let from, let path):
            let value = try found(from)
            let rest = try changed(from.removing(from: document), from)
            return try changed(path.adding(value, to: rest), path)
        case .copy(let from, let path): return try changed(path.adding(try found(from), to: document), path)
        case .test(let path, let value):
            guard path.value(in: document).map({ Self.equal($0, value) }) == true else {
                throw NodeError(
                    .notNow, "Operation \(place) of the patch tests for a value that is not there.",
                    remedy: "Read the resource again and send a patch of what it is now.")
            }
            return document
        }
    }

    /// - Parameter left: how many values there may still be.
    private static func fits(_ value: JSONValue, depth: Int, _ left: inout Int) -> Bool {
        left -= 1
        guard left >= 0, depth <= JSONValue.depthLimit else { return false }
        switch value {
        case .array(let elements):
            for element in elements where !fits(element, depth: depth + 1, &left) { return false }
        case .object(let members):
            // order does not matter: whether all fit is the same in any order.
            for member in members.values where !fits(member, depth: depth + 1, &left) { return false }
        default: break
        }
        return true
    }

    /// Numbers are equal by value, however they are written (RFC 6902, 4.6).
    static func equal(_ left: JSONValue, _ right: JSONValue) -> Bool {
        switch (left, right) {
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { equal($0, $1) }
        case (.object(let left), .object(let right)):
            return left.count == right.count
                && left.allSatisfy { name, value in right[name].map { equal(value, $0) } ?? false }
        default:
            guard let first = left.numberValue, let second = right.numberValue else { return left == right }
            return first == second
        }
    }

    private static func wrong(_ place: Int, _ what: String) -> NodeError {
        NodeError(.badRequest, "Operation \(place) of the patch is not right: \(what).", remedy: "See RFC 6902.")
    }

    private static func missing(_ place: Int, _ pointer: JSONPointer) -> NodeError {
        NodeError(
            .badRequest, "Operation \(place) of the patch names a place that is not there.",
            remedy: "Read the resource again and name what it has.")
    }
}
