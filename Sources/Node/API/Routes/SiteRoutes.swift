import HTTP
import Replication
import SQLite
import ServiceDesk
import Standards

/// The directory of the province, and who may take part in the exchange.
struct SiteRoutes {
    static let bodyBytesMax = 16 << 10
    /// How long a branch may take to join with a token: 24 hours, in milliseconds.
    static let tokenMilliseconds: Int64 = 24 * 60 * 60 * 1_000

    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/sites", for: .observer, Self.list),
            gate.post("/api/sites", for: .administrator, bodyBytesMax: Self.bodyBytesMax, Self.add),
            gate.post("/api/sites/{site}/token", for: .administrator, bodyBytesMax: Self.bodyBytesMax, Self.makeToken),
            gate.post("/api/sites/{site}/revoke", for: .administrator, bodyBytesMax: Self.bodyBytesMax, Self.revoke),
            gate.post("/api/sites/{site}/lost", for: .administrator, bodyBytesMax: Self.bodyBytesMax, Self.declareLost),
        ]
    }

    private static func list(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        return try call.site.read { store in
            Answers.json(["sites": .array(try store.directory().map(SiteView.json))])
        }
    }

    private static func add(_ call: Call) throws {
        try call.requireHub("Sites are added")
        let description = try description(call.request)
        call.write("add site") { session, now in
            let taken = try session.store.directory()
            guard !taken.contains(where: { $0.site == description.site }) else {
                throw NodeError(
                    .notNow, "The directory has \(description.site) already.", remedy: "List it: GET /api/sites.")
            }
            let letters = description.ticketLetters
            guard letters.isEmpty || !taken.contains(where: { $0.ticketLetters == letters }) else {
                throw DeskError(
                    .invalid, "Another site's ticket numbers begin with these letters.", remedy: "Choose others.",
                    problems: [.init(field: "letters", problem: "are another site's")])
            }
            if !taken.contains(where: { $0.site == session.life.site }) {
                try session.add(hub(call.site.configuration), actor: call.actor, at: now)
            }
            try session.add(description, actor: call.actor, at: now)
            return try answer(description.site, session, status: .created)
        }
    }

    /// What is known here of the hub itself, which is not in a directory that was lost at every site.
    private static func hub(_ own: NodeConfiguration) -> SiteDescription {
        SiteDescription(
            site: own.site, isHub: true, nameZH: own.name.zh, nameEN: own.name.en, divisionCode: "",
            ticketLetters: own.letters)
    }

    private static func description(_ request: Request) throws -> SiteDescription {
        var reader = try BodyReader(request, ["site", "role", "name", "divisionCode", "letters"])
        let role = reader.wordIfAny("role") ?? "branch"
        if !["branch", "standby"].contains(role) { reader.report("role", "is neither branch nor standby") }
        let isStandby = role == "standby"
        let site = reader.word("site")
        let parts = site.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let isSite = parts.count == 2 && TextShape.twoLetters.matches(parts[0]) && TextShape.siteStem.matches(parts[1])
        if !site.isEmpty && !isSite { reader.report("site", "is not written like nx-yinchuan") }
        // A standby opens no tickets, wherever it stands.
        let divisionCode = isStandby ? reader.wordIfAny("divisionCode") ?? "" : reader.word("divisionCode")
        if !divisionCode.isEmpty && !TextShape.divisionCode.matches(divisionCode) {
            reader.report("divisionCode", "is not \(TextShape.divisionCode.name)")
        }
        let letters = isStandby ? "" : reader.word("letters")
        if isStandby && reader.has("letters") { reader.report("letters", "are not for a standby") }
        if !letters.isEmpty && !TextShape.ticketLetters.matches(letters) {
            reader.report("letters", "is not \(TextShape.ticketLetters.name)")
        }
        var names = ["", ""]
        if var inner = BodyReader(reader["name"], ["zh", "en"], path: "name.") {
            names = ["zh", "en"].map { language in
                let name = inner.text(language, atMost: LocalText.lengthLimit)
                if inner.has(language) && !TextShape.line(LocalText.lengthLimit).matches(name) {
                    inner.report(language, "is not \(TextShape.line(LocalText.lengthLimit).name)")
                }
                return name
            }
            reader.report(inner.problems)
        } else {
            reader.report("name", "is not an object with zh and en")
        }
        try reader.finish()
        return SiteDescription(
            site: SiteID(site), isHub: false, isStandby: isStandby, nameZH: names[0], nameEN: names[1],
            divisionCode: divisionCode,
            ticketLetters: letters)
    }

    private static func makeToken(_ call: Call) throws {
        try call.requireHub("Tokens are made")
        let token = Secrets.hex(Secrets.random(bytes: 32))
        let site = SiteID(call.request.parameter("site"))
        call.write("enrolment token") { session, now in
            let entry = try branch(site, session)
            if entry.isRevoked { try session.restoreAccess(of: site, actor: call.actor, at: now) }
            let expires = now + tokenMilliseconds
            let database = session.store.database
            // Of tokens that have been used the join itself still needs to know, until they have expired.
            try database.run("DELETE FROM enrolment WHERE expires < ?", now)
            try database.run(
                "INSERT INTO enrolment (token, site, expires, origin) VALUES (?, ?, ?, NULL)", Secrets.hash(token),
                site.text, expires)
            let zone = TimeText(call.site.configuration.timeZone)
            return Answers.json(["token": .string(token), "expires": .string(zone.text(expires))], status: .created)
        }
    }

    private static func revoke(_ call: Call) throws {
        try call.requireHub("Sites are revoked")
        let site = SiteID(call.request.parameter("site"))
        call.write("revoke") { session, now in
            _ = try branch(site, session)
            try session.revoke(site, actor: call.actor, at: now)
            // A token that was made before must not undo it.
            try session.store.database.run("DELETE FROM enrolment WHERE site = ?", site.text)
            return try answer(site, session, status: .ok)
        }
    }

    /// A site that nobody waits for any longer. It may come back all the same, unless it is revoked too.
    private static func declareLost(_ call: Call) throws {
        try call.requireHub("Sites are declared lost")
        let site = SiteID(call.request.parameter("site"))
        call.write("site lost") { session, now in
            let peer = try session.store.peer(site: site)
            try session.declareLost(site, actor: call.actor, at: now)
            let standing = try HubStanding(session.store, contradiction: call.site.contradiction)
            return Answers.json([
                "site": .string(site.text), "onlyThere": .integer(Int64(clamping: peer?.backlog ?? 0)),
                "gathering": .bool(session.life.isGathering),
                "awaited": .array(standing.awaited.map { .string($0.text) }),
            ])
        }
    }

    private static func branch(_ site: SiteID, _ session: Session) throws -> DirectoryEntry {
        guard let entry = try session.store.directoryEntry(of: site) else {
            throw NodeError(
                .notFound, "The directory has no such site.", remedy: "List them: GET /api/sites.")
        }
        guard !entry.isHub else {
            throw NodeError(.notNow, "\(site) is the hub itself.", remedy: "Name a branch.")
        }
        return entry
    }

    private static func answer(_ site: SiteID, _ session: Session, status: Status) throws -> Response {
        Answers.json(["site": SiteView.json(try branch(site, session))], status: status)
    }
}
