import Standards

extension JSONValue {
    /// The value at the end of a path of names.
    func value(_ path: String...) throws -> JSONValue { try value(path) }

    func text(_ path: String...) throws -> String {
        let value = try value(path)
        guard let text = value.stringValue else { throw Failure("\(path.joined(separator: ".")) is \(value.kindName)") }
        return text
    }

    func number(_ path: String...) throws -> Int {
        let value = try value(path)
        guard let number = value.intValue else { throw Failure("\(path.joined(separator: ".")) is \(value.kindName)") }
        return number
    }

    func list(_ path: String...) throws -> [JSONValue] {
        let value = try value(path)
        guard let list = value.arrayValue else { throw Failure("\(path.joined(separator: ".")) is \(value.kindName)") }
        return list
    }

    private func value(_ path: [String]) throws -> JSONValue {
        var value = self
        for name in path {
            guard let next = value[name] else {
                let there = value.objectValue.map { $0.keys.sorted().joined(separator: ", ") } ?? value.kindName
                throw Failure("\(path.joined(separator: ".")) is not there: \(name) is not among \(there)")
            }
            value = next
        }
        return value
    }
}
