import Replication
import ServiceDesk
import Standards

/// What a customer is shown of its own ticket, and nothing else: no form, no internal note, nobody but who has it.
struct ProgressView {
    /// Notes shown, the newest.
    static let notesMax = 50
    /// The field of a form that says when a service is expected back, in any standard.
    private static let expectedField = "expectedRestoration"

    private let row: EntityRow
    private let desk: Desk
    private let wording: Wording
    private let pack: StandardPack
    private let type: TicketType

    /// - Returns: nil while the ticket's standard is not here.
    init?(row: EntityRow, desk: Desk, wording: Wording) throws {
        guard let (pack, type) = try wording.standing(of: row) else { return nil }
        (self.row, self.desk, self.wording, self.pack, self.type) = (row, desk, wording, pack, type)
    }

    func json() throws -> JSONValue {
        let timing = try wording.timing(of: row, at: desk.now)
        let stage = row.state.stageName
        return [
            "number": .string(row.state.creation?.label ?? ""), "type": type.name.json, "stage": name(stage),
            "status": type.state(stage).map { .string($0.status.rawValue) } ?? .null,
            "isOver": .bool(type.state(stage)?.isFinal ?? false), "next": next.map(name) ?? .null,
            "openedAt": timing.map { wording.time($0.course.opened) } ?? .null,
            "stages": .array((timing?.course.stays ?? []).map(stay)), "promised": promised(timing),
            "handler": try handler(), "notes": .array(try notes()), "announcements": .array(try announcements()),
            "acts": try acts(), "now": wording.time(desk.now),
        ]
    }

    private func name(_ state: String) -> JSONValue { type.state(state)?.name.json ?? .string(state) }

    private func stay(_ stay: TicketCourse.Stay) -> JSONValue {
        ["stage": name(stay.state), "from": wording.time(stay.from), "to": stay.to.map(wording.time) ?? .null]
    }

    /// The first state on the shortest way to the end.
    private var next: String? {
        var (seen, ways) = ([row.state.stageName], [(at: row.state.stageName, first: String?.none)])
        var place = 0
        while place < ways.count {
            let way = ways[place]
            place += 1
            if way.first != nil, type.state(way.at)?.status == .closed { return way.first }
            for rule in type.transitions(from: way.at) where !seen.contains(rule.to) && rule.kind != .reopen {
                seen.append(rule.to)
                ways.append((rule.to, way.first ?? rule.to))
            }
        }
        return nil
    }

    /// When the work is to be done, and whether that was promised otherwise before or has gone by.
    private func promised(_ timing: TicketTiming?) -> JSONValue {
        guard let timing, let reading = timing.readings.first(where: { $0.kind == .solution }), let due = reading.due
        else { return .null }
        let expected = row.state[FieldNumbers.field(Self.expectedField)].integerValue
        let before = timing.provisionally(reading).map(\.due.milliseconds).filter { $0 != due.milliseconds }
        return [
            "at": wording.time(due.milliseconds), "passed": .bool(reading.isOverdue(at: desk.now)),
            "before": .array(before.map(wording.time)),
            "expectedAt": reading.stopped == nil ? expected.map(wording.time) ?? .null : .null,
            "doneAt": reading.stopped.map(wording.time) ?? .null,
        ]
    }

    /// Who has the ticket: the department, its telephone and the person. Of a ticket that is over, nobody.
    private func handler() throws -> JSONValue {
        guard type.state(row.state.stageName)?.isFinal != true else { return .null }
        let department = row.state[TicketField.department].textValue.flatMap { id in
            pack.organisation.departments.first { $0.id == id }
        }
        let person = try row.state[TicketField.assignee].textValue.flatMap { try isShown($0) ? $0 : nil }
        guard department != nil || person != nil else { return .null }
        let number = department.flatMap { phone(of: $0) }
        return [
            "department": department?.name.json ?? .null, "person": person.map { .string($0) } ?? .null,
            "phone": number.map { .string($0) } ?? .null,
        ]
    }

    /// As the standard in force has it: a number that has changed is wrong for tickets of earlier standards too. While
    /// this version cannot read that standard, the ticket's own says it.
    private func phone(of department: Department) -> String? {
        let inForce = try? wording.departments(at: desk.now)
        return (inForce?.first { $0.id == department.id } ?? department).phone
    }

    /// An assignee may be any text: an account of a system, a note to oneself. Where the owner has a roster, only who
    /// holds a role there is a contact.
    private func isShown(_ person: String) throws -> Bool {
        let owner = row.state[TicketField.heldBy].textValue ?? row.state[TicketField.home].textValue ?? ""
        guard let roster = try Roster.current(of: SiteID(owner), in: wording.store) else { return true }
        return !roster.roles(of: person).isEmpty
    }

    /// Those that are public, the newest first, without who of the desk has written them.
    private func notes() throws -> [JSONValue] {
        let entries = try Timeline(of: wording.store.entries(of: row.number).map(\.change)).entries
        let notes = entries.reversed().flatMap { entry in
            entry.effects.compactMap { effect -> JSONValue? in
                guard case .noted(let note) = effect, note.visibility == .public else { return nil }
                return [
                    "at": wording.time(entry.change.stamp), "text": .string(note.text),
                    "byCustomer": .bool(entry.change.actor == DeskActor.customer),
                ]
            }
        }
        return Array(notes.prefix(Self.notesMax))
    }

    /// What is announced now about the ticket's category at its branch: the wordings, which are made for customers.
    private func announcements() throws -> [JSONValue] {
        guard let category = row.state[TicketField.category].textValue,
            type.state(row.state.stageName)?.isFinal != true
        else { return [] }
        var query = AnnouncementQuery()
        query.site = row.state[TicketField.home].textValue
        query.lineage = pack.lineage(of: category)
        query.isCurrent = true
        return try query.list(in: wording.store, at: desk.now).map { ["zh": .string($0.zh), "en": .string($0.en)] }
    }

    private func acts() throws -> JSONValue {
        let isOver = type.state(row.state.stageName)?.isFinal ?? false
        let rated = row.state[FieldNumbers.field(Desk.ratingField)].textValue
        return [
            "note": .bool(true), "expedites": .integer(isOver ? 0 : Int64(try desk.expeditesLeft(row))),
            "steps": .array(try desk.stepsOfCustomer(row, wording.life).map(step)),
            "ratings": .array(try desk.ratings(row).map(option)), "rated": rated.map { .string($0) } ?? .null,
        ]
    }

    private func step(_ rule: TransitionRule) -> JSONValue {
        let fields = rule.requires.compactMap { type.field($0) }.map { field -> JSONValue in
            let options = field.id == Desk.ratingField ? Desk.ratings(type) : field.options
            return [
                "id": .string(field.id), "name": field.name.json, "kind": .string(field.kind.rawValue),
                "options": .array(options.map(option)),
            ]
        }
        return [
            "step": .string(rule.name), "label": rule.label.json, "kind": .string(rule.kind.rawValue),
            "fields": .array(fields),
        ]
    }

    private func option(_ option: FieldOption) -> JSONValue { ["id": .string(option.id), "name": option.name.json] }
}
