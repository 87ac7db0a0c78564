import Replication
import Standards

/// Who may do what to an allowance. Asked where a change is made and once more at admission.
struct AllowanceRules {
    let shelf: PackShelf
    let store: SiteStore

    func judge(_ change: Change, before state: EntityState, author: Author) throws -> Judgement {
        let problem =
            try author.isHub
            ? problem(ofProvinces: change, before: state) : problem(ofBranches: change, before: state, author)
        return problem.map { .refuse($0) } ?? .admit
    }

    private func problem(ofProvinces change: Change, before state: EntityState) throws -> String? {
        if !state.exists { return try problem(ofGrant: change) }
        let own = [AllowanceField.recalled, AllowanceField.writtenOff]
        for edit in change.edits {
            switch edit {
            case .seal: continue
            case .assign(let field, .bool(true)) where own.contains(field): continue
            case .count(AllowanceField.granted, let more) where more > 0:
                guard state[AllowanceField.returned] != .bool(true), state[AllowanceField.writtenOff] != .bool(true)
                else { return "The allowance is no longer out. Grant another." }
                guard (state.counts[AllowanceField.granted] ?? 0) + more <= RefundAllowance.limitFen else {
                    return Self.tooMuch
                }
            default: return "An allowance can be raised, recalled and written off, and nothing else. Grant another."
            }
        }
        return nil
    }

    private func problem(ofGrant change: Change) throws -> String? {
        guard let site = change.assigned(AllowanceField.site)?.textValue,
            try store.directoryEntry(of: SiteID(site))?.isBranch == true
        else { return "An allowance is a branch's. Name one of the directory." }
        let prefix = change.assigned(AllowanceField.prefix)?.textValue ?? ""
        guard (1...RefundAllowance.prefixLength).contains(prefix.unicodeScalars.count), !prefix.utf8.contains(0) else {
            return "The charges of an allowance begin with 1 to \(RefundAllowance.prefixLength) characters. Name them."
        }
        guard change.assigned(AllowanceField.origin)?.integerValue != nil else {
            return "An allowance belongs to one database. Name it."
        }
        let granted = change.edits.reduce(Int64(0)) { sum, edit in
            if case .count(AllowanceField.granted, let fen) = edit { sum &+ fen } else { sum }
        }
        guard granted > 0, granted <= RefundAllowance.limitFen else { return Self.tooMuch }
        if let other = try AllowanceBook.overlapping(prefix, besides: change.entity, in: store) {
            return "Charges that begin like this are \(other.site)'s to pay. Have that allowance returned first."
        }
        return nil
    }

    private static let tooMuch = "An allowance is of 1 to \(RefundAllowance.limitFen) fen. Correct the amount."

    private func problem(ofBranches change: Change, before state: EntityState, _ author: Author) throws -> String? {
        // What a database had paid before it was put back, and had not sent, its next life sends: it was paid. That the
        // next life pays nothing more out of it is for its own desk to see to.
        guard state.exists, state[AllowanceField.site] == .text(author.site.text) else {
            return "An allowance is its branch's. Ask the province."
        }
        guard state[AllowanceField.returned] != .bool(true) else {
            return "The allowance has been returned. Ask the province."
        }
        var known = state.requests.map(\.request)
        for edit in change.edits {
            switch edit {
            case .assign(AllowanceField.returned, .bool(true)): continue
            case .request(let payment):
                if let problem = try problem(of: payment, besides: known, change, state, author) { return problem }
                known.append(payment)
            default: return "A branch pays out of an allowance or returns it, and nothing else. Ask the province."
            }
        }
        return nil
    }

    private func problem(
        of payment: OnceRequest, besides known: [OnceRequest], _ change: Change, _ state: EntityState, _ author: Author
    ) throws -> String? {
        let prefix = state[AllowanceField.prefix].textValue ?? ""
        guard payment.purpose == "refund", payment.key.utf8.starts(with: prefix.utf8),
            payment.key.unicodeScalars.count <= DeskLimits.chargeLength,
            !state.elements(of: AllowanceField.taken).contains(.text(payment.key))
        else { return "The allowance does not cover this charge. Ask the province for the refund." }
        let isPaid = known.contains { $0.key.utf8.elementsEqual(payment.key.utf8) }
        guard !isPaid || store.domain.mischief.contains(.paysAgain) else {
            return "This charge has been paid. Nothing is to be done."
        }
        guard known.count < RefundAllowance.paymentsLimit else {
            return "\(RefundAllowance.paymentsLimit) payments were made. Return the allowance and ask for another."
        }
        let spent = known.reduce(Int64(0)) { $0 + $1.amount }
        let granted = state.counts[AllowanceField.granted] ?? 0
        guard payment.amount > 0, payment.amount <= RefundAllowance.limitFen, spent + payment.amount <= granted else {
            return "\(max(0, granted - spent)) fen of the allowance are left. Ask the province for the refund."
        }
        guard payment.reason.unicodeScalars.count <= DeskLimits.reasonLength else {
            return "The reason is longer than \(DeskLimits.reasonLength) characters. Shorten it."
        }
        return try problem(ofAuthority: payment, change, author)
    }

    private func problem(ofAuthority payment: OnceRequest, _ change: Change, _ author: Author) throws -> String? {
        guard let pack = try shelf.current(in: store, at: change.stamp.milliseconds)?.pack else { return nil }
        let check = RoleCheck(store: store, site: author.site, actor: change.actor, change: change.reference)
        guard let most = try check.authority(.refundFen, in: pack), payment.amount > Int64(most) else { return nil }
        return "Whoever did this may decide \(most) fen. Let somebody pay it who may, or ask the province."
    }
}
