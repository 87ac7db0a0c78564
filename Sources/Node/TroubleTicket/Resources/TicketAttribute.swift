/// A first-level attribute of a trouble ticket, and what becomes of it when a caller sends it.
struct TicketAttribute: Sendable {
    enum Place: Sendable {
        /// The node's own, never a caller's to say.
        case made
        /// The desk has a place for it.
        case mapped
        /// Kept as it came and given back.
        case kept(Shape)
    }

    let name: String
    let place: Place

    static func all(of dialect: Dialect) -> [TicketAttribute] { dialect == .v4 ? v4 : v5 }

    static func of(_ name: String, in dialect: Dialect) -> TicketAttribute? {
        all(of: dialect).first { $0.name == name }
    }

    static func names(of dialect: Dialect) -> [String] { all(of: dialect).map(\.name) }

    private static let common: [TicketAttribute] =
        ["id", "href", "lastUpdate", "statusChangeDate", "resolutionDate", "expectedResolutionDate"]
        .map { .init(name: $0, place: .made) }
        + [
            "creationDate", "name", "description", "severity", "priority", "ticketType", "status", "note", "attachment",
            "channel", "troubleTicketCharacteristic",
        ].map { .init(name: $0, place: .mapped) }
        + ["@baseType", "statusChangeReason"].map { .init(name: $0, place: .kept(.text)) }
        + [
            .init(name: "requestedResolutionDate", place: .kept(.time)),
            .init(name: "@schemaLocation", place: .kept(.uri)),
        ]

    private static let v4: [TicketAttribute] =
        common + [
            .init(name: "@type", place: .kept(.text)), .init(name: "statusChange", place: .made),
            .init(name: "externalId", place: .kept(.text)),
            list("relatedEntity", reference(nil) + [("role", .text)], ["@referredType", "id", "role"]),
            list("relatedParty", reference(nil) + [("role", .text)], ["@referredType", "id"]),
            list("troubleTicketRelationship", reference(nil) + [relationship], []),
        ]

    private static let v5: [TicketAttribute] =
        common + [
            .init(name: "@type", place: .kept(.word(["TroubleTicket"]))),
            .init(name: "statusChangeHistory", place: .made),
            .init(name: "troubleTicketSpecification", place: .mapped),
            list(
                "externalIdentifier",
                typed(["ExternalIdentifier"])
                    + [("owner", .text), ("externalIdentifierType", .text), ("id", .text)], ["id"]),
            list(
                "relatedEntity",
                typed(["RelatedEntity"])
                    + [("role", .text), ("entity", .object(reference(nil), required: ["id"]))], ["role", "entity"]),
            list(
                "relatedParty",
                typed(["RelatedPartyRefOrPartyRoleRef"])
                    + [("role", .text), ("partyOrPartyRole", .object(party, required: ["id"]))], ["role"]),
            list(
                "troubleTicketRelationship", reference(["TroubleTicketRelationship"]) + [relationship],
                ["id", "relationshipType"]),
        ]

    static func channel(_ dialect: Dialect) -> Shape {
        .object(reference(dialect == .v5 ? ["ChannelRef"] : nil), required: ["id"])
    }

    static func note(_ dialect: Dialect) -> Shape {
        .object(
            typed(dialect == .v5 ? ["Note"] : nil)
                + [("id", .text), ("author", .text), ("date", .time), ("text", .text)], required: ["text"])
    }

    static func attachment(_ dialect: Dialect) -> Shape {
        let size: Shape = .object([("amount", .number), ("units", .text)], required: [])
        let period: Shape = .object([("startDateTime", .time), ("endDateTime", .time)], required: [])
        let texts = ["href", "name", "description", "url", "content", "attachmentType", "mimeType"]
        return .object(
            typed(dialect == .v5 ? ["Attachment"] : nil) + texts.map { ($0, .text) }
                + [("size", size), ("validFor", period)], required: ["content", "mimeType", "name"])
    }

    static let specification: Shape = .object(
        reference(["TroubleTicketSpecificationRef"]) + [("version", .text)], required: ["id"])

    typealias Member = (name: String, shape: Shape)

    /// - Parameter words: what `@type` may be, which v5 tells alternatives apart by; nil for any text.
    static func typed(_ words: [String]?) -> [Member] {
        [("@type", words.map { .word($0) } ?? .text), ("@baseType", .text), ("@schemaLocation", .uri)]
    }

    private static func reference(_ words: [String]?) -> [Member] {
        typed(words) + [("id", .text), ("href", .text), ("name", .text), ("@referredType", .text)]
    }

    private static let party: [Member] =
        reference(["PartyRef", "PartyRoleRef"]) + [("partyId", .text), ("partyName", .text)]
    private static let relationship: Member = ("relationshipType", .text)

    private static func list(_ name: String, _ members: [Member], _ required: [String]) -> TicketAttribute {
        .init(name: name, place: .kept(.list(.object(members, required: required))))
    }
}
