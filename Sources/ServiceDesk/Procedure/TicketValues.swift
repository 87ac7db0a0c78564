import Replication
import Standards

/// What a ticket's fields hold, or will hold once a change is made: as the texts that standards name values by.
struct TicketValues: Sendable {
    let state: EntityState
    /// What a change is about to do; empty for the ticket as it is.
    var edits: [Edit] = []

    func value(_ field: Field) -> Value {
        for edit in edits.reversed() {
            if case .assign(field, let value) = edit { return value }
        }
        return state[field]
    }

    func text(_ name: String) -> String? {
        switch value(FieldNumbers.field(name)) {
        case .text(let text): text.isEmpty ? nil : text
        case .integer(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .null, .bytes: nil
        }
    }

    /// Whether the change alters what a rule could look at.
    var alters: Bool {
        edits.contains { edit in
            switch edit {
            case .assign, .add, .remove: true
            default: false
            }
        }
    }

    func integer(_ name: String) -> Int64? { value(FieldNumbers.field(name)).integerValue }

    func isFilled(_ name: String) -> Bool { text(name) != nil || !elements(name).isEmpty }

    /// The texts of a set.
    func elements(_ name: String) -> Set<String> {
        let field = FieldNumbers.field(name)
        var texts = Set(state.elements(of: field).compactMap(\.textValue))
        for edit in edits {
            switch edit {
            case .add(field, .text(let text)): texts.insert(text)
            case .remove(field, .text(let text)): texts.remove(text)
            default: continue
            }
        }
        return texts
    }
}
