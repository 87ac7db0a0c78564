import HTTP
import Replication
import ServiceDesk
import Standards

/// How far a ticket is, for its customer: who has neither an account nor a session, only the ticket.
struct ProgressRoutes {
    let gate: Gate
    private let door: ProgressDoor

    init(gate: Gate) {
        self.gate = gate
        door = ProgressDoor(gate.site)
    }

    var routes: [Route] {
        let door = door
        return [
            gate.open("/api/progress") { try Self.show($0, door) },
            gate.open("/api/progress/acts") { try Self.act($0, door) },
        ]
    }

    private static func show(_ call: OpenCall, _ door: ProgressDoor) throws {
        var reader = try BodyReader(call.request, ["number", "phoneDigits", "key"])
        if reader.has("key") {
            let key = reader.text("key", atMost: AccessLimits.openBodyBytes)
            try reader.finish()
            guard let ticket = door.keys.ticket(key, at: SystemClock.wall()) else {
                return door.refuse(call, ProgressAnswers.badKey)
            }
            if ProgressKey.isOfLink(key, at: SystemClock.wall()) { noteRead(ticket, call.site) }
            return try show(ticket, key, call, door)
        }
        let number = ProgressDoor.plain(reader.word("number"))
        let digits = ProgressDoor.plain(reader.text("phoneDigits", atMost: ProgressDoor.digits))
        if digits.count != ProgressDoor.digits || !digits.allSatisfy({ $0.isASCII && $0.isNumber }) {
            reader.report("phoneDigits", "are not \(ProgressDoor.digits) digits")
        }
        try reader.finish()
        switch try door.enter(number, digits, from: call.address) {
        case .mustWait(let milliseconds): call.answer(.success(ProgressAnswers.wait(milliseconds)))
        case .unknown: door.refuse(call, ProgressAnswers.unknown)
        case .known(let ticket):
            let until = SystemClock.wall() + ProgressKey.visitMilliseconds
            try show(ticket, door.keys.text(ticket, until: until), call, door)
        }
    }

    private static func show(_ ticket: EntityID, _ key: String, _ call: OpenCall, _ door: ProgressDoor) throws {
        let site = call.site
        let response = try site.read { store -> Response? in
            let desk = site.desk(store, actor: DeskActor.customer, now: site.now())
            guard let row = try? desk.ticket(ticket.text) else { return nil }
            return try answer(row, desk, try Wording(store, of: site), key)
        }
        guard let response else { return door.refuse(call, ProgressAnswers.unknown) }
        call.answer(.success(response))
    }

    /// Of most that are opened nothing was sent since: then nothing is written either.
    private static func noteRead(_ ticket: EntityID, _ site: Site) {
        let shelf = site.domain.shelf
        guard site.configuration.isHub,
            (try? site.read { try NoticeBook($0, shelf: shelf).hasSent(of: ticket) }) ?? false
        else { return }
        let now = site.now()
        site.storage.write("notice read") { database in
            try NoticeBook(site.store(database), shelf: shelf).noteRead(of: ticket, at: now)
        } completion: { result in
            if case .failure(let error) = result { site.log.line("notices", kind: "read", "\(error)") }
        }
    }

    private static func act(_ call: OpenCall, _ door: ProgressDoor) throws {
        var reader = try BodyReader(call.request, ["key", "act", "text", "step", "fields", "rating"])
        let key = reader.text("key", atMost: AccessLimits.openBodyBytes)
        let act = wanted(&reader)
        try reader.finish()
        guard let ticket = door.keys.ticket(key, at: SystemClock.wall()), let act else {
            return door.refuse(call, ProgressAnswers.badKey)
        }
        let site = call.site
        guard !site.configuration.isStandby else {
            throw NodeError(.notNow, "This site only keeps a copy.", remedy: "Ask at the branch, or at the hub.")
        }
        let conditions = try Preconditions(call.request, actor: "\(DeskActor.customer) \(ticket.text)")
        site.write("customer's act") { session, now -> Response in
            let desk = site.desk(session.store, actor: DeskActor.customer, now: now)
            let shown = try conditions.shown {
                RowVersion(origin: session.life.origin, version: try desk.ticket(ticket.text).version)
            }
            switch try desk.act(act, on: ticket, shown: shown, key: conditions.key, in: &session) {
            case .mustWait(let milliseconds): return ProgressAnswers.wait(milliseconds)
            case .done(.changedSince): return ProgressAnswers.changed
            case .done(.written(let written)):
                let wording = Wording(
                    session.store, life: session.life, shelf: site.domain.shelf,
                    timeZone: site.configuration.timeZone)
                return try answer(written.row, desk, wording, key)
            }
        } completion: { result in
            if case .failure(let error) = result, let told = ProgressAnswers.response(to: error) {
                return call.answer(.success(told))
            }
            call.answer(result)
        }
    }

    private static func wanted(_ reader: inout BodyReader) -> CustomerAct? {
        let limit = DeskLimits.customerTextLength
        switch reader.choice("act", of: ["note", "expedite", "step", "rate"]) {
        case "note": return .note(reader.text("text", atMost: limit))
        case "expedite": return .expedite(reader.text("text", atMost: limit, isOptional: true))
        case "step": return .step(reader.word("step"), fields: reader.fields("fields"))
        case "rate": return .rate(reader.word("rating"))
        default: return nil
        }
    }

    private static func answer(_ row: EntityRow, _ desk: Desk, _ wording: Wording, _ key: String) throws -> Response {
        guard let view = try ProgressView(row: row, desk: desk, wording: wording) else {
            throw NodeError(
                .busy, "The standard that this ticket was opened under is not here yet.", remedy: "Try again later.")
        }
        return Answers.json(
            ["progress": try view.json(), "key": .string(key)],
            headers: [("ETag", Preconditions.tag(wording.version(of: row)))])
    }
}
