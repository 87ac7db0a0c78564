import Standards

/// Puts an attribute that is kept into the shape of v5, and shows it in the shape of either edition.
enum Translation {
    typealias Members = [String: JSONValue]

    /// The name and the value by which an attribute is kept.
    static func kept(_ name: String, _ value: JSONValue, from dialect: Dialect) -> (name: String, value: JSONValue) {
        guard dialect == .v4 else { return (name, value) }
        switch name {
        case "externalId": return ("externalIdentifier", .array([.object(["id": value])]))
        case "relatedParty": return (name, mapped(value) { nested($0, under: "partyOrPartyRole") })
        case "relatedEntity": return (name, mapped(value) { nested($0, under: "entity") })
        default: return (name, value)
        }
    }

    /// The attribute of an edition; nil where the edition has no way to say it.
    static func shown(_ name: String, _ kept: KeptAttributes, in dialect: Dialect) -> JSONValue? {
        if dialect == .v4, name == "externalId" { return kept["externalIdentifier"]?[0]?["id"] }
        // v5 tells by it what it has before it; v4 says there what it likes.
        if dialect == .v5, name == "@type" { return nil }
        guard let value = kept[name] else { return nil }
        switch (name, dialect) {
        case ("relatedParty", .v4): return mapped(value) { flat($0, from: "partyOrPartyRole") }
        case ("relatedEntity", .v4): return mapped(value) { flat($0, from: "entity") }
        case ("relatedParty", .v5):
            return mapped(value) { typed($0, "RelatedPartyRefOrPartyRoleRef", inner: "partyOrPartyRole", "PartyRef") }
        case ("relatedEntity", .v5): return mapped(value) { typed($0, "RelatedEntity", inner: "entity", "EntityRef") }
        case ("externalIdentifier", .v5): return mapped(value) { typed($0, "ExternalIdentifier") }
        case ("troubleTicketRelationship", .v5):
            return mapped(value) { $0["id"] == nil ? nil : typed($0, "TroubleTicketRelationship") }
        default: return value
        }
    }

    private static func mapped(_ value: JSONValue, _ change: (Members) -> Members?) -> JSONValue {
        .array((value.arrayValue ?? []).compactMap { $0.objectValue.flatMap(change).map { .object($0) } })
    }

    /// v4 says role and reference in one object.
    private static func nested(_ item: Members, under name: String) -> Members {
        var reference = item
        var outer: Members = [:]
        outer["role"] = reference.removeValue(forKey: "role")
        outer[name] = .object(reference)
        return outer
    }

    private static func flat(_ item: Members, from name: String) -> Members? {
        guard var flat = item[name]?.objectValue else { return nil }
        // v4 must have it.
        flat["@referredType"] = flat["@referredType"] ?? flat["@type"] ?? .string("Entity")
        flat["role"] = item["role"]
        for extra in ["partyId", "partyName"] { flat[extra] = nil }
        return flat
    }

    private static func typed(_ item: Members, _ type: String, inner: String = "", _ innerType: String = "") -> Members
    {
        var item = item
        item["@type"] = .string(type)
        if var nested = item[inner]?.objectValue {
            // A party is one of two kinds; an entity is of any.
            let isFree = innerType == "EntityRef" || nested["@type"] == "PartyRoleRef"
            nested["@type"] = (isFree ? nested["@type"] : nil) ?? .string(innerType)
            item[inner] = .object(nested)
        }
        return item
    }
}
