import Standards

@testable import Node

/// A document and, after a mark, a patch of it, a place in it, or a query about it.
enum PatchEntry {
    static func run(_ bytes: [UInt8]) throws {
        var input = FuzzInput(bytes)
        let work = input.choice(of: [merge, patch, point, ask])
        let first = input.part(endingWith: MapEntry.separator)
        guard let document = try? JSONValue(parsing: first, sizeLimit: first.count) else { return }
        try work(document, input.remaining)
    }

    private static func json(_ bytes: [UInt8]) -> JSONValue? { try? JSONValue(parsing: bytes, sizeLimit: bytes.count) }

    private static func merge(_ document: JSONValue, _ rest: [UInt8]) throws {
        guard let patch = json(rest) else { return }
        let once = MergePatch.apply(patch, to: document)
        try BrokenProperty.check(MergePatch.apply(patch, to: once) == once, "a merge patch does more the second time")
        try BrokenProperty.check(json(once.bytes()) == once, "what was merged cannot be read again")
        let (target, changes) = (once.objectValue, patch.objectValue ?? [:])
        for (name, change) in changes.sorted(by: { $0.key < $1.key }) {
            try BrokenProperty.check(
                change.isNull == (target?[name] == nil), "what null names is there, or what has a value is not")
        }
    }

    private static func patch(_ document: JSONValue, _ rest: [UInt8]) throws {
        guard let json = json(rest), let patch = try refusable({ try JSONPatch(json) }),
            let result = try refusable({ try patch.apply(to: document) })
        else { return }
        let same = try refusable { try patch.apply(to: document) }
        try BrokenProperty.check(same == result, "a patch does something else the second time")
        let written = result.bytes()
        try BrokenProperty.check(self.json(written) == result, "what was patched cannot be read again")
        let test = try JSONPatch([["op": "test", "path": "", "value": result]])
        try BrokenProperty.check(try test.apply(to: result) == result, "a document is not itself")
    }

    private static func point(_ document: JSONValue, _ rest: [UInt8]) throws {
        guard let pointer = JSONPointer(String(decoding: rest, as: UTF8.self)) else { return }
        guard let value = pointer.value(in: document) else {
            return try BrokenProperty.check(
                pointer.removing(from: document) == nil, "what is not there can be taken away")
        }
        try BrokenProperty.check(
            pointer.replacing(with: value, in: document) == document, "putting back what is there changes it")
        let other = pointer.replacing(with: "other", in: document)
        try BrokenProperty.check(
            other.flatMap(pointer.value) == "other", "what was put in is not found where it was put")
    }

    private static func ask(_ document: JSONValue, _ rest: [UInt8]) throws {
        for dialect in Dialect.allCases {
            guard let filter = try refusable({ try EventFilter(String(decoding: rest, as: UTF8.self), dialect) }) else {
                continue
            }
            try BrokenProperty.check(
                filter.conditions.count <= ListQuery.conditionsMax, "\(filter.conditions.count) conditions")
            guard let members = document.objectValue else { continue }
            for condition in filter.conditions {
                try BrokenProperty.check(!condition.path.isEmpty && !condition.values.isEmpty, "a condition of nothing")
                let holds = condition.holds(of: members)
                try BrokenProperty.check(condition.holds(of: members) == holds, "a condition changes its mind")
                let isThere = members[condition.attribute] != nil
                try BrokenProperty.check(isThere || !holds, "a condition holds of what is not there")
            }
        }
    }

    /// Nil for what is refused; anything else that is thrown is none of an answer.
    private static func refusable<Value>(_ job: () throws -> Value) throws -> Value? {
        do { return try job() } catch is NodeError { return nil }
    }
}
