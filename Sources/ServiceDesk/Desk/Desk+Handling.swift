import Replication
import Standards

/// Work passed on within a branch, and to the province and back.
extension Desk {
    /// Hands a ticket to another department, which has it once it accepts.
    func handOver(_ department: String, _ reason: String, _ row: EntityRow) throws -> [Edit] {
        let (pack, _) = try type(of: row)
        guard pack.organisation.departments.contains(where: { $0.id == department }) else {
            throw DeskError(
                .invalid, "Standard \(pack.version) has no such department.",
                remedy: NearestWord.hint(for: department, among: pack.organisation.departments.map(\.id)) + ".",
                problems: [.init(field: "to", problem: Flaw("is no department of the standard", .noOption))])
        }
        guard row.state[TicketField.department] != .text(department) else {
            throw DeskError(.wrongState, "\(department) has the ticket already.", remedy: "Nothing is to be done.")
        }
        return [.assign(TicketField.handOverTo, .text(department))] + (try note(reason))
    }

    func acceptHandOver(_ row: EntityRow) throws -> [Edit] {
        let department = try handedTo(row)
        return [
            .assign(TicketField.department, .text(department)), .assign(TicketField.handOverTo, .null),
            .assign(TicketField.assignee, .text(actor)),
        ]
    }

    func returnHandOver(_ reason: String, _ row: EntityRow) throws -> [Edit] {
        _ = try handedTo(row)
        return [.assign(TicketField.handOverTo, .null)] + (try requiredNote(reason))
    }

    private func handedTo(_ row: EntityRow) throws -> String {
        guard let department = row.state[TicketField.handOverTo].textValue else {
            throw DeskError(.wrongState, "The ticket is not being handed over.", remedy: "Nothing is to be done.")
        }
        return department
    }

    func share(_ adding: [SiteID], _ removing: [SiteID], _ row: EntityRow, _ life: Life) throws -> [Edit] {
        let home = row.state[TicketField.home].textValue ?? ""
        guard life.isHub || home == life.site.text else {
            throw DeskError(.notAllowed, "Only the owner of a ticket asks others to help.", remedy: "Ask \(home).")
        }
        guard !(adding + removing).isEmpty else {
            throw DeskError(.invalid, "No branch is named.", remedy: "Name one.")
        }
        for site in adding where try store.directoryEntry(of: site)?.isBranch != true {
            throw DeskError(
                .invalid, "A branch that is asked to help is not in the directory.",
                remedy: "List them: GET /api/sites.",
                problems: [.init(field: "add", problem: Flaw("names no branch of this province", .noBranch))])
        }
        return adding.map { .add(TicketField.collaborators, .text($0.text)) }
            + removing.map { .remove(TicketField.collaborators, .text($0.text)) }
    }

    /// The customer asks to hurry (催单).
    func expedite(_ text: String, _ row: EntityRow) throws -> [Edit] {
        let (_, type) = try type(of: row)
        guard type.state(row.state.stageName)?.isFinal != true else {
            throw DeskError(.wrongState, "The ticket has ended.", remedy: "Reopen it.")
        }
        return [.count(TicketField.expedites, 1)] + (try note(text, isPublic: true))
    }

    /// Asks the province to take the ticket over; it stays the branch's until the province does.
    func escalate(_ reason: String, _ row: EntityRow, _ life: Life) throws -> [Edit] {
        let home = row.state[TicketField.home].textValue ?? ""
        guard home == life.site.text else {
            throw DeskError(.notAllowed, "Only the owner of a ticket may escalate it.", remedy: "Ask \(home).")
        }
        guard row.state[TicketField.heldBy] == .null else {
            throw DeskError(.wrongState, "The province has the ticket already.", remedy: "Nothing is to be done.")
        }
        guard (1...DeskLimits.reasonLength).contains(reason.unicodeScalars.count), !reason.utf8.contains(0) else {
            throw DeskError(
                .invalid, "An escalation gives a reason of 1 to \(DeskLimits.reasonLength) characters.",
                remedy: "Say why.",
                problems: [.init(field: "reason", problem: .missingOrLonger(than: DeskLimits.reasonLength))])
        }
        return [.assign(TicketField.escalation, .text(reason))]
    }

    /// The province takes a ticket over: from then on it is the owner, and no other.
    func take(_ row: EntityRow, _ life: Life) throws -> [Edit] {
        guard life.isHub else {
            throw DeskError(.notAllowed, "Only the province takes a ticket over.", remedy: "Escalate it.")
        }
        guard row.state[TicketField.heldBy] == .null else {
            throw DeskError(.wrongState, "The province has the ticket already.", remedy: "Nothing is to be done.")
        }
        return [.assign(TicketField.heldBy, .text(life.site.text))]
    }

    func giveBack(_ reason: String, _ row: EntityRow, _ life: Life) throws -> [Edit] {
        guard life.isHub else {
            throw DeskError(.notAllowed, "Only the province gives a ticket back.", remedy: "Ask it.")
        }
        guard row.state[TicketField.heldBy] != .null else {
            throw DeskError(.wrongState, "The province does not have the ticket.", remedy: "Nothing is to be done.")
        }
        return [.assign(TicketField.heldBy, .null), .assign(TicketField.escalation, .null)]
            + (try requiredNote(reason))
    }

    /// The province marks a ticket for its attention, or lifts the mark; the branch goes on working at it.
    func supervise(_ isOn: Bool, _ reason: String, _ row: EntityRow, _ life: Life) throws -> [Edit] {
        guard life.isHub else {
            throw DeskError(.notAllowed, "Only the province supervises a ticket.", remedy: "Escalate it.")
        }
        let isSupervised = row.state[TicketField.isSupervised] == .bool(true)
        guard isSupervised != isOn else {
            throw DeskError(
                .wrongState, isOn ? "The ticket is supervised already." : "The ticket is not supervised.",
                remedy: "Nothing is to be done.")
        }
        let (_, type) = try type(of: row)
        guard !isOn || type.state(row.state.stageName)?.isFinal != true else {
            throw DeskError(.wrongState, "The ticket has ended.", remedy: "Reopen it.")
        }
        return [.assign(TicketField.isSupervised, .bool(isOn))] + (try requiredNote(reason))
    }

    /// Moves a ticket to another branch. An offer that waits is over, and nobody there has it yet.
    func reassign(to site: SiteID, _ reason: String, _ row: EntityRow, _ life: Life) throws -> [Edit] {
        guard life.isHub else {
            throw DeskError(
                .notAllowed, "Only the province moves a ticket without asking.", remedy: "Offer it to the branch.")
        }
        _ = try offer(site, row, life)
        let cleared = [TicketField.transferTo, TicketField.assignee, TicketField.handOverTo]
        return [.assign(TicketField.home, .text(site.text))]
            + cleared.filter { row.state[$0] != .null }.map { .assign($0, .null) } + (try requiredNote(reason))
    }

    func note(_ text: String, isPublic: Bool = false) throws -> [Edit] {
        if text.isEmpty { return [] }
        if let problem = DeskLimits.problem(text, longestLength: DeskLimits.textLength) {
            throw DeskError(
                .invalid, "The text \(problem).", remedy: "Shorten it.",
                problems: [.init(field: "text", problem: problem)])
        }
        return [.note(Note(text: text, visibility: isPublic ? .public : .internal))]
    }

    func requiredNote(_ text: String) throws -> [Edit] {
        guard !text.isEmpty else {
            throw DeskError(
                .invalid, "This needs a reason.", remedy: "Say why.",
                problems: [.init(field: "reason", problem: .missing)])
        }
        return try note(text)
    }
}
