import Replication
import SQLite
import Standards

/// Whether what a transition depends on is so. Asked where a change is made and once more at admission, and never
/// again, whatever is learnt later.
struct GuardCheck {
    /// Why a guard says no: names fields, never what they hold.
    struct Failure: Equatable {
        let reason: String
        let remedy: String
        /// What is named by it, for whoever puts it into words of another language.
        var about: [String] = []
    }

    let store: SiteStore
    let ticket: EntityID
    let values: TicketValues
    let type: TicketType
    let pack: StandardPack
    let site: SiteID
    let isHub: Bool
    let actor: String
    /// When the change is made, in milliseconds.
    let time: Int64
    /// What is being judged; nil where it has not been written yet.
    var change: ChangeReference?

    private var staff: RoleCheck { RoleCheck(store: store, site: site, actor: actor, change: change) }

    /// What the first of them that is not fulfilled says.
    func failure(of guards: [Guard], for transition: String? = nil) throws -> Failure? {
        for one in guards {
            if let failure = try failure(one, transition) { return failure }
        }
        return nil
    }

    /// Those that are not fulfilled, with what each says, as far as what is still to be filled in decides nothing.
    /// - Returns: also whether that decides over one that is not fulfilled, so that something has to be filled in.
    func failures(
        of guards: [Guard], beside filled: Set<String>, for transition: String
    ) throws -> (standing: [(Guard, Failure)], areOthers: Bool) {
        var standing: [(Guard, Failure)] = []
        var areOthers = false
        for one in guards {
            guard let failure = try failure(one, transition) else { continue }
            if try isOpen(one, beside: filled) { areOthers = true } else { standing.append((one, failure)) }
        }
        return (standing, areOthers)
    }

    /// Whether what is still to be filled in decides over one of them.
    private func isOpen(_ rule: Guard, beside filled: Set<String>) throws -> Bool {
        if case .covers(_, _, let unless, let roles) = rule {
            guard let unless, filled.contains(unless) else { return false }
            return try mayOverride(roles)
        }
        var fields = rule.fields
        if case .knownCircuit = rule, let use = type.work.circuit { fields.append(use.field) }
        return !filled.isDisjoint(with: fields)
    }

    private func failure(_ rule: Guard, _ transition: String?) throws -> Failure? {
        switch rule {
        case .covers(let set, let of, let unless, let roles):
            failure(uncovered: of, by: set, unless, only: try mayOverride(roles) ? [] : roles)
        case .fieldIs, .fieldIsNot, .requiredWhen, .requiredFrom, .catalogued, .recommended:
            failure(ofFields: rule)
        case .withinAuthority(let field, let kind): try failure(above: kind, field)
        case .childrenFinal, .childIs, .linkedIs: try failure(ofOthers: rule)
        case .differentPerson(let than): try failure(than: than)
        case .spaced(let minutes): try failure(sooner: Int64(minutes) * 60_000, transition)
        case .reviewPassed, .reviewVetoed: failure(ofReview: rule)
        case .stepsDone: failureOfSteps
        case .atOwner:
            owner == site.text
                ? nil : Failure(reason: "This step is the owner's.", remedy: "Ask \(owner).", about: [owner])
        case .atProvince: isHub ? nil : Failure(reason: "This step is the province's.", remedy: "Escalate the ticket.")
        case .within(let from, let to): failure(within: from, to)
        case .knownCircuit(let unless): try failure(ofCircuit: unless)
        case .noHandOver:
            values.value(TicketField.handOverTo) == .null
                ? nil
                : Failure(
                    reason: "A hand-over waits for acceptance.", remedy: "Accept it or return it first.",
                    about: [values.value(TicketField.handOverTo).textValue].compactMap { $0 })
        }
    }

    private func mayOverride(_ roles: [String]) throws -> Bool {
        if roles.isEmpty { return true }
        return try staff.roles().map { $0.contains(where: roles.contains) } ?? true
    }

    private func failure(above kind: AuthorityKind, _ field: String) throws -> Failure? {
        guard let amount = values.integer(field), let most = try staff.authority(kind, in: pack), amount > Int64(most)
        else { return nil }
        let able = pack.organisation.roles.filter { Int64($0.authority[kind] ?? 0) >= amount }.map(\.id)
        return Failure(
            reason: "\(field) is above what whoever does this may decide (\(most)).",
            remedy: able.isEmpty ? "Lower it." : "It takes \(able.joined(separator: " or ")).",
            about: able)
    }

    private var failureOfSteps: Failure? {
        let open = TicketSteps(values, type, pack).all.filter { $0.state != .done }.map(\.template.id)
        guard !open.isEmpty else { return nil }
        return Failure(
            reason: "Steps are not done: \(open.joined(separator: ", ")).", remedy: "Report them back first.",
            about: open)
    }

    private var owner: String {
        values.state[TicketField.heldBy].textValue ?? values.state[TicketField.home].textValue ?? ""
    }

    private func failure(within from: String, _ to: String) -> Failure? {
        guard let begin = values.integer(from), let end = values.integer(to), (begin..<max(begin, end)).contains(time)
        else {
            return Failure(
                reason: "It is not between \(from) and \(to).", remedy: "Wait for that time, or have it changed.",
                about: [to])
        }
        return nil
    }

    /// Who last took a transition.
    private func failure(than transition: String) throws -> Failure? {
        guard let earlier = try last(transition), earlier.actor == actor else { return nil }
        return Failure(
            reason: "Whoever took \(transition) may not take this step too.", remedy: "Ask somebody else.",
            about: [transition])
    }

    private func failure(sooner least: Int64, _ transition: String?) throws -> Failure? {
        guard let transition, let earlier = try last(transition), time - earlier.stamp.milliseconds < least else {
            return nil
        }
        return Failure(reason: "This was done a short while ago.", remedy: "Wait a while.")
    }

    private func last(_ transition: String) throws -> Change? {
        guard let row = try store.row(ticket) else { return nil }
        return try Timeline(of: store.entries(of: row.number).map(\.change)).entries.last { entry in
            entry.effects.contains { if case .moved(transition, _, _) = $0 { true } else { false } }
        }?.change
    }
}
