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
        + ["@type", "@baseType", "statusChangeReason"].map { .init(name: $0, place: .kept(.text)) }
        + [
            .init(name: "requestedResolutionDate", place: .kept(.time)),
            .init(name: "@schemaLocation", place: .kept(.uri)),
        ]

    private static let v4: [TicketAttribute] =
        common + [
            .init(name: "statusChange", place: .made),
            .init(name: "externalId", place: .kept(.text)),
            .init(name: "relatedEntity", place: .kept(.list(relatedV4(["@referredType", "id", "role"])))),
            .init(name: "relatedParty", place: .kept(.list(relatedV4(["@referredType", "id"])))),
            .init(
                name: "troubleTicketRelationship",
                place: .kept(
                    .list(.object(reference.filter { $0.name != "@referredType" } + [relationship], required: [])))),
        ]

    private static let v5: [TicketAttribute] =
        common + [
            .init(name: "statusChangeHistory", place: .made),
            .init(name: "troubleTicketSpecification", place: .mapped),
            .init(
                name: "externalIdentifier",
                place: .kept(
                    .list(
                        .object(
                            typed + [("owner", .text), ("externalIdentifierType", .text), ("id", .text)],
                            required: ["id"])))),
            .init(
                name: "relatedEntity",
                place: .kept(
                    .list(
                        .object(
                            typed + [("role", .text), ("entity", .object(reference, required: ["id"]))],
                            required: ["role", "entity"])))),
            .init(
                name: "relatedParty",
                place: .kept(
                    .list(
                        .object(
                            typed + [("role", .text), ("partyOrPartyRole", .object(party, required: ["id"]))],
                            required: ["role"])))),
            .init(
                name: "troubleTicketRelationship",
                place: .kept(.list(.object(reference + [relationship], required: ["id", "relationshipType"])))),
        ]

    static let channel: Shape = .object(reference, required: ["id"])
    static let note: Shape = .object(
        typed + [("id", .text), ("author", .text), ("date", .time), ("text", .text)], required: ["text"])
    static let specification: Shape = .object(reference + [("version", .text)], required: ["id"])

    private typealias Member = (name: String, shape: Shape)

    static let typed: [(name: String, shape: Shape)] = [
        ("@type", .text), ("@baseType", .text), ("@schemaLocation", .uri),
    ]
    private static let reference: [Member] =
        typed + [("id", .text), ("href", .text), ("name", .text), ("@referredType", .text)]
    private static let party: [Member] = reference + [("partyId", .text), ("partyName", .text)]
    private static let relationship: Member = ("relationshipType", .text)

    private static func relatedV4(_ required: [String]) -> Shape {
        .object(reference + [("role", .text)], required: required)
    }
}
