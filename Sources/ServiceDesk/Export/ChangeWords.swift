import Replication

/// What a change did, in words for whoever reads the file. Values are cut short: the columns hold them whole.
struct ChangeWords {
    /// Unicode scalars of a value.
    static let valueLengthMax = 60
    /// What stands for no value.
    static let nothing = "(none)"

    let form: FormWords

    /// The standard it was opened under has a column of its own, and its identifier tells a reader nothing.
    func text(_ effects: [Fold.Effect]) -> String {
        effects.filter { effect in
            if case .assigned(TicketField.pack, _, _) = effect { false } else { true }
        }.map { words($0) }.joined(separator: "; ")
    }

    private func words(_ effect: Fold.Effect) -> String {
        switch effect {
        case .created: "created"
        case .assigned(let field, let old, let new):
            old == .null
                ? "\(form.name(field)): \(value(new, of: field))"
                : "\(form.name(field)): \(value(old, of: field)) -> \(value(new, of: field))"
        case .lost(let field, let lost, let winner):
            "\(form.name(field)): \(value(lost, of: field)) lost to \(value(winner, of: field))"
        case .added(let field, let element): "\(form.name(field)): + \(value(element, of: field))"
        case .removed(let field, let element): "\(form.name(field)): - \(value(element, of: field))"
        case .counted(let field, let delta): "\(form.name(field)): counted \(delta)"
        case .moved(let name, let from, let to): "moved \(from) -> \(to) (\(name))"
        case .overtaken(let name, let from, let stage):
            "overtaken: \(name) leaves \(from.joined(separator: ", ")), and it was \(stage)"
        case .settled(let losing): "settled what \(losing) lost"
        case .unknown: "an edit that this version does not know"
        case .voted, .granted, .grantWithoutEffect, .revoked: words(ofPeople: effect)
        case .noted, .attached, .requested, .answered: words(ofAppend: effect)
        }
    }

    private func words(ofPeople effect: Fold.Effect) -> String {
        switch effect {
        case .voted(let vote): "vote of \(vote.department) in round \(vote.round): \(vote.choice)"
        case .granted(let grant): "granted \(grant.role) to \(grant.person)"
        case .grantWithoutEffect(let grant): "granted \(grant.role) to \(grant.person), without effect"
        case .revoked(let grant): "revoked \(grant.role) from \(grant.person)"
        default: ""
        }
    }

    private func words(ofAppend effect: Fold.Effect) -> String {
        switch effect {
        case .noted: "note"
        case .attached(let attachment): "attached \(Self.cut(attachment.name))"
        case .requested(let request):
            "asked for a \(request.purpose) of \(request.amount) fen for \(Self.cut(request.key))"
        case .answered(let answer): "answered \(answer.outcome == .granted ? "granted" : "refused")"
        default: ""
        }
    }

    private func value(_ value: Value, of field: Field) -> String {
        value == .null ? Self.nothing : Self.cut(form.value(value, of: field).cell)
    }

    private static func cut(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > valueLengthMax else { return text }
        return String(String.UnicodeScalarView(scalars.prefix(valueLengthMax))) + "…"
    }
}
