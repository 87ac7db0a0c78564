import Standards

/// The notes of a request.
struct SentNotes {
    struct One {
        let text: String
        /// What came with the text: author, date, identifier, type.
        let extras: [String: JSONValue]
    }

    private(set) var all: [One] = []

    init(_ json: JSONValue?, _ dialect: Dialect, _ problems: inout [String]) {
        guard let json else { return }
        problems += Shape.list(TicketAttribute.note(dialect)).problems(json, at: "note")
        all = (json.arrayValue ?? []).compactMap { item in
            guard var members = item.objectValue, let text = members.removeValue(forKey: "text")?.stringValue else {
                return nil
            }
            return One(text: text, extras: members)
        }
    }
}
