import ServiceDesk
import Standards

/// What a standard would change, and for whom, before it is published.
struct StandardPreviewView {
    let pack: StandardPack
    let current: StandardPack?
    let differences: [PackDifference]
    let branches: [StandardPreview]

    var json: JSONValue {
        [
            "preview": [
                "version": .string(pack.version), "current": current.map { .string($0.version) } ?? .null,
                "differences": .integer(Int64(differences.count)),
                "concerns": .array(Set(differences.flatMap(\.concerns)).sorted().map { .string($0) }),
                "branches": .array(branches.map(Self.branch)),
            ]
        ]
    }

    private static func branch(_ preview: StandardPreview) -> JSONValue {
        [
            "site": .string(preview.site.text),
            "overtaken": .array(
                preview.overtaken.map {
                    [
                        "limit": .string($0.limit), "branch": .string($0.branch),
                        "province": $0.province.map { .string($0) } ?? .null,
                    ]
                }),
            "broken": .array(
                preview.broken.map {
                    ["path": .string($0.path), "problem": .string($0.problem), "remedy": .string($0.remedy)]
                }),
        ]
    }
}
