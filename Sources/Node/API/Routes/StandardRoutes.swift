import HTTP
import Replication
import ServiceDesk
import Standards

/// The province's standards: listed everywhere, published at the hub.
struct StandardRoutes {
    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/standards", for: .observer, Self.list),
            gate.get("/api/standards/{standard}", for: .observer, Self.show),
            gate.post(
                "/api/standards", for: .administrator, bodyBytesMax: ReplicationLimits.bytesInChange, Self.publish),
            gate.post(
                "/api/standards/preview", for: .supervisor, bodyBytesMax: ReplicationLimits.bytesInChange,
                Self.preview),
        ]
    }

    private static func list(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        return try call.site.read { store in
            let wording = try Wording(store, of: call.site)
            let all = try StandardListing.all(in: store, shelf: call.site.domain.shelf, at: call.site.now())
            return Answers.json(["standards": .array(all.map { StandardView.json($0, wording) })])
        }
    }

    /// One standard with its document, by its version or digest.
    private static func show(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        let asked = call.request.parameter("standard")
        return try call.site.read { store in
            let all = try StandardListing.all(in: store, shelf: call.site.domain.shelf, at: call.site.now())
            guard let listing = all.first(where: { $0.version == asked || $0.name.text == asked }),
                let document = try store.row(listing.name)?.state[StandardField.document].textValue
            else {
                throw DeskError(
                    .notFound, "There is no standard of that version here.", remedy: "List them: GET /api/standards.")
            }
            guard case .object(var members) = StandardView.json(listing, try Wording(store, of: call.site)) else {
                return Answers.json(.null)
            }
            members["document"] = try JSONValue(parsing: document, sizeLimit: StandardPack.sizeLimit)
            return Answers.json(["standard": .object(members)])
        }
    }

    private static func publish(_ call: Call) throws {
        try call.requireHub("Standards are published")
        let reader = try QueryReader(call.request, ["effective"])
        let effective = try reader.value("effective", "a time such as \(InstantText.example)") {
            InstantText.milliseconds($0)
        }
        let document = call.request.body
        _ = try JSONValue(parsing: document, sizeLimit: StandardPack.sizeLimit)
        let (pack, findings) = StandardPack.check(document, numbering: FieldNumbers.number)
        guard let pack else {
            call.answer(.success(refuse(findings)))
            return
        }
        call.write("publish") { session, now in
            let isKnown = try session.store.row(PackShelf.name(of: document))?.state.exists ?? false
            let name = try call.desk(session.store, now: now).publish(
                pack, document: document, effective: effective, in: &session)
            let wording = Wording(
                session.store, life: session.life, shelf: call.site.domain.shelf,
                timeZone: call.site.configuration.timeZone)
            let all = try StandardListing.all(in: session.store, shelf: call.site.domain.shelf, at: now)
            let listing = all.first { $0.name == name }
            return Answers.json(
                ["standard": listing.map { StandardView.json($0, wording) } ?? .null], status: isKnown ? .ok : .created)
        }
    }

    /// Whom a standard would concern that is not published: writes nothing. At the hub, which holds every overlay.
    private static func preview(_ call: Call) throws {
        try call.requireHub("What a standard would change is looked at")
        _ = try QueryReader(call.request, [])
        let document = try JSONValue(parsing: call.request.body, sizeLimit: StandardPack.sizeLimit)
        let (pack, findings) = StandardPack.check(call.request.body, numbering: FieldNumbers.number)
        guard let pack else {
            call.answer(.success(refuse(findings)))
            return
        }
        let answer = try call.site.read { store in
            let now = call.site.now()
            let current = try call.site.domain.shelf.current(in: store, at: now)
            let known = try current.flatMap { try store.row($0.name)?.state[StandardField.document].textValue }
            let before = try known.map { try JSONValue(parsing: $0, sizeLimit: StandardPack.sizeLimit) }
            return StandardPreviewView(
                pack: pack, current: current?.pack,
                differences: PackDifference.all(from: before ?? [:], to: document),
                branches: try StandardPreview.all(of: pack, beside: current?.pack, in: store)
            ).json
        }
        call.answer(.success(Answers.json(answer)))
    }

    private static func refuse(_ findings: [Finding]) -> Response {
        let list = findings.map { finding -> JSONValue in
            ["path": .string(finding.path), "problem": .string(finding.problem), "remedy": .string(finding.remedy)]
        }
        return Answers.problem(
            .unprocessableContent,
            detail: "The standard has \(findings.count == 1 ? "a fault" : "\(findings.count) faults"). Nothing was "
                + "published. Correct what is listed and publish it again.",
            extra: ["findings": .array(list)])
    }
}
