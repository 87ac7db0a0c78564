import Replication
import ServiceDesk
import Standards

/// A branch's overlay beside the standard in force: what it makes stricter, and what the province has overtaken.
struct OverlayView {
    let site: SiteID
    let document: String
    let pack: StandardPack?

    var json: JSONValue {
        get throws {
            let parsed = try JSONValue(parsing: document, sizeLimit: BranchOverlay.sizeLimit)
            var members: [String: JSONValue] = ["site": .string(site.text), "overlay": parsed]
            guard let pack, let overlay = BranchOverlay.read(Array(document.utf8)) else { return .object(members) }
            let overtaken = overlay.overtaken(by: pack).map(\.limit.limit)
            members["limits"] = .array(
                overlay.limits.map { own in
                    let rule = pack.limits.first { $0.id == own.limit }
                    return [
                        "limit": .string(own.limit), "scope": .string(SettingScope.tightenOnly.rawValue),
                        "branch": .string(own.time.description),
                        "province": rule?.limit.map { .string($0.description) } ?? .null,
                        "standing": overtaken.contains(own.limit) ? "overtaken" : "inForce",
                    ]
                })
            members["standard"] = .string(pack.version)
            return .object(members)
        }
    }
}
