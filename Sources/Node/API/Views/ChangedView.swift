import Replication
import Standards

/// What has changed since a client was shown a ticket: what it saw, what is there, what it wanted.
enum ChangedView {
    static func json(_ stale: ChangedSince, _ words: FieldWords) -> JSONValue {
        .array(
            stale.items.map { item in
                var members: [String: JSONValue] = [
                    "shown": item.shown.json, "current": item.current.json, "wanted": item.wanted.json,
                ]
                switch item.subject {
                case .field(let field):
                    members["subject"] = "field"
                    members["field"] = words.json(field)
                case .element(let field, let value):
                    members["subject"] = "element"
                    members["field"] = words.json(field)
                    members["element"] = value.json
                case .stage: members["subject"] = "stage"
                case .votes(let round):
                    members["subject"] = "votes"
                    members["round"] = .integer(Int64(round))
                case .role(let role):
                    members["subject"] = "role"
                    members["role"] = .string(role)
                }
                return .object(members)
            })
    }
}
