/// Where a file is, as a site knows it. What only one place holds is lost with that place.
public enum AttachmentPlace: String, Sendable {
    /// At this site, and the hub has not said that it has it.
    case onlyHere
    /// Named, and not received: only where it was attached, as far as this site knows.
    case onlyAtAuthor
    /// At the hub, and nowhere else for certain.
    case atHub
    /// At the hub and at one site more.
    case atTwoPlaces
}

/// A file that an entity names, and what this site has of it.
public struct HeldAttachment: Sendable {
    public let attachment: Attachment
    /// The change that attached it.
    public let by: ChangeReference
    public let place: AttachmentPlace
    /// Whether it is here, whole and verified.
    public let isHere: Bool
    /// Bytes of it that are here.
    public let bytesHere: Int
    /// Whether it is being fetched.
    public let isWanted: Bool
    /// The content's number here, for ``SiteStore/chunk(_:of:)``; nil unless it is whole.
    public let content: Int64?
}

/// A file that exists at one place only, as the hub lists it.
public struct LonelyAttachment: Sendable {
    public let entity: EntityID
    /// The entity's label: a ticket's number.
    public let label: String
    public let attachment: Attachment
    /// The change that attached it.
    public let by: ChangeReference
    public let place: AttachmentPlace
    /// When it was attached, in milliseconds since 1970.
    public let since: Int64
}
