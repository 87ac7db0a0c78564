import Replication
import Standards

/// Guards that look at the ticket's own fields.
extension GuardCheck {
    func failure(ofFields rule: Guard) -> Failure? {
        switch rule {
        case .fieldIs(let field, let choices):
            values.text(field).map(choices.contains) == true
                ? nil
                : Failure(
                    reason: "Field \(field) is not \(list(choices)).", remedy: "Correct it first.", about: choices)
        case .fieldIsNot(let field, let choices):
            values.text(field).map(choices.contains) == true
                ? Failure(reason: "Field \(field) is \(list(choices)).", remedy: "Correct it first.", about: choices)
                : nil
        case .requiredWhen(let field, let choices, let others):
            values.text(field).map(choices.contains) == true ? failure(missing: others, because: field) : nil
        case .requiredFrom(let field, let number, let other, let choices):
            failure(from: field, number, other, choices)
        case .catalogued(let accessClass, let business): failure(outside: accessClass, business)
        case .recommended(let scheme, let customerClass, let unless): failure(beside: scheme, customerClass, unless)
        default: nil
        }
    }

    /// Whoever chooses another access than is recommended says why.
    private func failure(beside scheme: String, _ customerClass: String, _ unless: String) -> Failure? {
        guard let chosen = values.text(scheme), !values.isFilled(unless),
            let recommended = pack.customers.scheme(for: values.text(customerClass), values.text),
            recommended.id != chosen
        else { return nil }
        return Failure(
            reason: "To this class of customers \(recommended.id) is recommended.",
            remedy: "Choose that, or say in \(unless) why not.")
    }

    private func failure(missing names: [String], because field: String) -> Failure? {
        let empty = names.filter { !values.isFilled($0) }
        guard !empty.isEmpty else { return nil }
        return Failure(
            reason: "For what \(field) says, these are missing: \(empty.joined(separator: ", ")).",
            remedy: "Fill them in.")
    }

    private func failure(from field: String, _ number: Int, _ other: String, _ choices: [String]) -> Failure? {
        guard let count = values.integer(field), count >= Int64(number) else { return nil }
        guard values.text(other).map(choices.contains) != true else { return nil }
        return Failure(
            reason: "From \(number) in \(field) on, \(other) must be \(list(choices)).", remedy: "See to that first.")
    }

    /// - Parameter roles: who may go on with a reason, when whoever acts may not; empty when they may.
    func failure(uncovered of: String, by set: String, _ unless: String?, only roles: [String]) -> Failure? {
        if let unless, values.isFilled(unless), roles.isEmpty { return nil }
        let open = values.elements(of).subtracting(values.elements(set)).count
        guard open > 0 else { return nil }
        let who = roles.isEmpty ? "" : "let \(list(roles)) "
        let way = unless.map { ", or \(who)give a reason in \($0) and take this step" } ?? ""
        return Failure(
            reason: "\(open) of \(of) are not in \(set).", remedy: "Add them\(way).", about: [of, set])
    }

    /// A business may come over several ways of access, so only both together are right or wrong.
    private func failure(outside accessClass: String, _ business: String) -> Failure? {
        guard let named = values.text(accessClass), let ordered = values.text(business),
            let catalogue = pack.procedure.catalogue, !catalogue.offers(ordered, over: named)
        else { return nil }
        let offered = catalogue.accessClass(named)?.businesses ?? []
        return Failure(
            reason: "The business is not offered over this way of access.",
            remedy: "Over \(named): \(list(offered)).")
    }

    private func list(_ words: [String]) -> String { words.joined(separator: " or ") }
}
