import Foundation
import Standards
import Testing

/// The standard packs that the tests publish: the project's own, and others made out of it.
struct DeskPack {
    let document: [UInt8]
    let pack: StandardPack

    /// The first standard of the project.
    static func first() throws -> DeskPack { try cached.get() }

    private static let cached = Result { try DeskPack(SharedData.projectBytes("Topology/standards/first.json")) }

    init(_ document: [UInt8]) throws {
        self.document = document
        let (pack, findings) = StandardPack.check(document)
        try #require(findings == [])
        self.pack = try #require(pack)
    }

    /// The first standard with corrections.
    static func changed(version: String, _ correct: (inout [String: Any]) throws -> Void) throws -> DeskPack {
        let parsed = try JSONSerialization.jsonObject(with: Data(first().document))
        var object = try #require(parsed as? [String: Any])
        object["version"] = version
        try correct(&object)
        return try DeskPack(Array(JSONSerialization.data(withJSONObject: object, options: .sortedKeys)))
    }

    /// The first standard with further fields in the form of a complaint.
    static func withComplaintFields(_ fields: [[String: Any]], version: String) throws -> DeskPack {
        try changed(version: version) { object in
            var types = try #require(object["ticketTypes"] as? [[String: Any]])
            let complaint = try #require(types.firstIndex { $0["id"] as? String == "complaint" })
            let form = try #require(types[complaint]["fields"] as? [[String: Any]])
            types[complaint]["fields"] = form + fields
            object["ticketTypes"] = types
        }
    }

    /// A field of a form, as a pack spells it.
    static func field(_ id: String, isRequired: Bool = false) -> [String: Any] {
        ["id": id, "name": ["zh": "字段", "en": "Field"], "kind": "text", "required": isRequired]
    }
}
