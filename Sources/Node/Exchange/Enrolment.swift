import HTTP
import Replication
import SQLite
import Standards

/// Takes a branch in: it shows a one-time token and the origin it drew, and gets its credential.
struct Enrolment {
    let site: Site

    /// The same token with the same origin may be shown again, since an answer can be lost.
    func join(_ request: Request, _ responder: Responder) {
        guard let json = try? JSONValue(parsing: request.body, sizeLimit: 4_096),
            let token = json["token"]?.stringValue,
            let text = json["origin"]?.stringValue, text.utf8.count == 16, let raw = UInt64(text, radix: 16)
        else {
            responder.send(
                .problem(
                    status: .badRequest,
                    detail: "A site joins with {\"token\",\"origin\"}. Use "
                        + "tributary branch join."))
            return
        }
        if let contradiction = site.contradiction {
            responder.send(
                .problem(status: .serviceUnavailable, detail: "This hub takes no site in: \(contradiction)."))
            return
        }
        let willCompare = json["snapshot"]?.boolValue ?? false
        let site = site
        // Anybody may knock here: the writer's time is for those who show a token that was given out.
        guard (try? site.read { try Self.isKnown(token, $0) }) ?? true else {
            return refuse(Self.unknown, responder)
        }
        site.write("enrolment") { session, now -> Taken in
            try Self.take(token, OriginID(raw: raw), willCompare, &session, now)
        } completion: { result in
            switch result {
            case .success(let taken): responder.send(answer(taken))
            case .failure(let error): refuse(error, responder)
            }
        }
    }

    private func refuse(_ error: any Error, _ responder: Responder) {
        let detail = (error as? ReplicationError)?.description ?? (error as? NodeError)?.description
        site.log.line("enrolment", kind: "refused", "refused: \(detail ?? "the hub cannot write")")
        responder.send(
            .problem(
                status: detail == nil ? .serviceUnavailable : .forbidden,
                detail: detail ?? "The hub cannot write now. Try again."))
    }

    private static func isKnown(_ token: String, _ store: SiteStore) throws -> Bool {
        try store.database.first("SELECT 1 FROM enrolment WHERE token = ?", Secrets.hash(token)) { _ in true } ?? false
    }

    private static var unknown: NodeError {
        NodeError(
            .refused, "This token is unknown or was used.", remedy: "Issue another at the hub: tributary site token.")
    }

    private struct Taken: Sendable {
        let site: SiteID
        let serial: Int64
        let role: String
        let letters: String
        let nameZH: String
        let nameEN: String
        let life: Life
    }

    private static func take(
        _ token: String, _ origin: OriginID, _ willCompare: Bool, _ session: inout Session, _ now: Int64
    ) throws -> Taken {
        let database = session.store.database
        let hash = Secrets.hash(token)
        let found = try database.first("SELECT site, expires, origin FROM enrolment WHERE token = ?", hash) {
            (site: SiteID($0.text(0)), expires: $0.int64(1), origin: $0.uint64OrNil(2))
        }
        guard let found, found.origin == nil || found.origin == origin.raw else {
            throw unknown
        }
        guard found.expires > now else {
            throw NodeError(
                .refused, "This token has expired.",
                remedy: "Issue another at the hub: tributary "
                    + "site token.")
        }
        if found.origin == nil {
            try session.join(found.site, origin: origin, willCompare: willCompare, actor: "enrolment", at: now)
            try database.run("UPDATE enrolment SET origin = ? WHERE token = ?", origin.raw, hash)
        }
        let entity = Session.directoryEntity(of: found.site)
        guard let row = try session.store.row(entity), let credential = try session.store.credential(of: found.site)
        else {
            throw NodeError(.refused, "\(found.site) is not in the directory.", remedy: "Add it at the hub.")
        }
        return Taken(
            site: found.site, serial: credential.serial, role: DirectoryEntry(row.state).role,
            letters: row.state[SiteField.ticketLetters].textValue ?? "",
            nameZH: row.state[SiteField.nameZH].textValue ?? "", nameEN: row.state[SiteField.nameEN].textValue ?? "",
            life: session.life)
    }

    private func answer(_ taken: Taken) -> Response {
        let credential = Secrets.credential(of: taken.site, serial: taken.serial, hubKey: site.hubKey)
        let epoch = taken.life.cursor.epoch
        let json: JSONValue = [
            "site": .string(taken.site.text), "role": .string(taken.role), "credential": .string(credential),
            "letters": .string(taken.letters),
            "name": LocalText(zh: taken.nameZH, en: taken.nameEN).json,
            "timeZone": .string(site.configuration.timeZone), "hub": ["site": .string(site.configuration.site.text)],
            "epoch": [
                "number": .integer(Int64(epoch.number)), "random": .string(OriginID(raw: epoch.random).description),
            ],
        ]
        return .json(json.bytes())
    }
}
