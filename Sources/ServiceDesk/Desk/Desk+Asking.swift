import Replication
import Standards

/// Transfers and refunds: what one site asks of another, checked first so that a person hears at once what is wrong.
/// The same is judged again at admission.
extension Desk {
    func offer(_ site: SiteID, _ row: EntityRow, _ life: Life) throws -> Edit {
        guard try store.directoryEntry(of: site)?.isBranch == true else {
            throw DeskError(
                .invalid, "The branch that is offered the ticket is not in the directory.",
                remedy: "List them: GET /api/sites.",
                problems: [.init(field: "to", problem: .noBranch)])
        }
        let home = row.state[TicketField.home].textValue ?? ""
        guard life.isHub || home == life.site.text else {
            throw DeskError(.notAllowed, "Only the owner of a ticket may offer it.", remedy: "Ask \(home).")
        }
        guard home != site.text else {
            throw DeskError(.wrongState, "The ticket is \(home)'s already.", remedy: "Nothing is to be done.")
        }
        return .assign(TicketField.transferTo, .text(site.text))
    }

    func acceptance(_ row: EntityRow, _ life: Life) throws -> [Edit] {
        guard row.state[TicketField.transferTo] == .text(life.site.text) else {
            throw DeskError(
                .wrongState, "The ticket is not on offer to \(life.site).",
                remedy: "Ask its owner, \(row.state[TicketField.home].textValue ?? "none"), to offer it.")
        }
        return [.assign(TicketField.home, .text(life.site.text)), .assign(TicketField.transferTo, .null)]
    }

    func decline(_ row: EntityRow, _ life: Life) throws -> Edit {
        guard let offered = row.state[TicketField.transferTo].textValue else {
            throw DeskError(.wrongState, "The ticket is not on offer.", remedy: "Nothing is to be done.")
        }
        let parties = [offered, row.state[TicketField.home].textValue ?? ""]
        guard life.isHub || parties.contains(life.site.text) else {
            throw DeskError(
                .notAllowed, "Only the owner, or the site it is offered to, may end an offer.",
                remedy: "Ask \(parties.joined(separator: " or ")).")
        }
        return .assign(TicketField.transferTo, .null)
    }

    func refund(_ request: OnceRequest, _ row: EntityRow) throws -> OnceRequest {
        let pack = try type(of: row).pack
        if let allowance = try AllowanceBook.covering(request.key, in: store) {
            throw DeskError(
                .wrongState, "The charge is \(allowance.site)'s to pay out of its allowance.",
                remedy: "There: `tributary allowance pay`.",
                problems: [.init(field: "charge", problem: "is covered by an allowance")])
        }
        guard let rule = pack.refund else {
            throw DeskError(.notAllowed, "Standard \(pack.version) permits no refunds.", remedy: "Ask the province.")
        }
        var problems: [DeskError.Problem] = []
        if !(1...DeskLimits.chargeLength).contains(request.key.unicodeScalars.count) {
            problems.append(.init(field: "charge", problem: .wrongLength(1...DeskLimits.chargeLength)))
        }
        if request.amount < 1 || request.amount > Int64(rule.limitFen) {
            problems.append(.init(field: "amountFen", problem: .outOfRange(from: 1, to: Int64(rule.limitFen))))
        }
        if request.key.utf8.contains(0) { problems.append(.init(field: "charge", problem: .holdsNUL)) }
        if let problem = DeskLimits.problem(request.reason, longestLength: DeskLimits.reasonLength) {
            problems.append(.init(field: "reason", problem: problem))
        }
        guard problems.isEmpty else {
            throw DeskError(
                .invalid, "The refund cannot be asked for.", remedy: "Correct it and ask again.", problems: problems)
        }
        return request
    }
}
