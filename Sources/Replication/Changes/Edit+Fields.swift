/// Asked of every edit of every change: answered where the edit lies, so that no value is copied to look at its field.
extension Edit {
    /// The field whose value it sets, adds to, takes from or counts.
    var field: Field? {
        switch self {
        case .assign(let field, _), .add(let field, _), .remove(let field, _), .count(let field, _): field
        case .create, .transition, .vote, .grant, .revoke, .note, .attach, .request, .answer, .settle, .seal,
            .unknown:
            nil
        }
    }

    /// The field that it assigns.
    public var assignedField: Field? {
        if case .assign(let field, _) = self { field } else { nil }
    }

    /// Why nobody but the province may make it; nil if others may.
    var refusalToBranches: String? {
        switch self {
        case .answer: "Only the province answers requests. Ask the hub to decide."
        case .seal: "Only the province seals a change. Write it without a seal."
        default: nil
        }
    }

    var isAttach: Bool {
        if case .attach = self { true } else { false }
    }
}

extension Change {
    /// What it assigns to a field; nil if it leaves it alone. Of two values the first.
    public func assigned(_ field: Field) -> Value? {
        let edits = edits
        guard let place = edits.indices.first(where: { edits[$0].assignedField == field }),
            case .assign(_, let value) = edits[place]
        else { return nil }
        return value
    }
}
