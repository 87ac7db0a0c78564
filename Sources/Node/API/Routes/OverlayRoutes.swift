import HTTP
import Replication
import ServiceDesk
import Standards

/// What a branch settles for itself, and who settles what.
struct OverlayRoutes {
    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/overlay", for: .observer, Self.show),
            gate.post("/api/overlay", for: .supervisor, bodyBytesMax: BranchOverlay.sizeLimit, Self.settle),
            gate.get("/api/settings", for: .observer, Self.settings),
        ]
    }

    private static func show(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["site"])
        let site = reader.text("site").map { SiteID($0) } ?? call.site.configuration.site
        return try call.site.read { store in
            let wording = try Wording(store, of: call.site)
            let pack = try call.site.domain.shelf.current(in: store, at: call.site.now())?.pack
            guard let current = try OverlayBook.current(of: site, in: store) else {
                return Answers.json(["overlay": .null, "site": .string(site.text)])
            }
            return Answers.json(
                try OverlayView(site: site, document: current.document, pack: pack).json,
                headers: [("ETag", Preconditions.tag(wording.version(of: current.row)))])
        }
    }

    private static func settle(_ call: Call) throws {
        let conditions = try Preconditions(call.request, actor: call.actor)
        let document = call.request.body
        let site = call.site.configuration.site
        call.write("overlay") { session, now in
            let desk = call.desk(session.store, now: now)
            let shown = try conditions.shown {
                let row = try session.store.row(OverlayBook.name(of: site))
                return RowVersion(origin: session.life.origin, version: row?.version ?? 0)
            }
            let (outcome, findings) = try desk.settle(
                overlay: document, shown: shown, key: conditions.key, in: &session)
            switch outcome {
            case .changedSince(let stale): return try TicketRoutes.refuse(stale, call, session)
            case .written(let written):
                let pack = try call.site.domain.shelf.current(in: session.store, at: now)?.pack
                let text = written.row.state[OverlayField.document].textValue ?? ""
                let wording = TicketRoutes.wording(call, session)
                return Answers.json(
                    try OverlayView(site: site, document: text, pack: pack).json,
                    headers: [("ETag", Preconditions.tag(wording.version(of: written.row)))])
            case nil: return refuse(findings)
            }
        }
    }

    private static func refuse(_ findings: [Finding]) -> Response {
        Answers.problem(
            .unprocessableContent,
            detail: "The overlay has \(findings.count == 1 ? "a fault" : "\(findings.count) faults"). Nothing was "
                + "changed. Correct what is listed and send it again.",
            extra: [
                "findings": .array(
                    findings.map {
                        [
                            "path": .string($0.path), "problem": .string($0.problem), "remedy": .string($0.remedy),
                        ]
                    })
            ])
    }

    private static func settings(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        return Answers.json([
            "settings": .array(
                SettingScope.all.map {
                    ["setting": .string($0.setting), "scope": .string($0.scope.rawValue)]
                })
        ])
    }
}
