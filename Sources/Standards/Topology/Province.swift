/// The province a topology describes.
public struct Province: Hashable, Sendable {
    /// Two lower-case letters; every site's identifier begins with them.
    public let id: String
    public let name: LocalText
    /// What wall clocks in the province show; China has one zone, but a rehearsal may be set elsewhere.
    public let timeZone: ZoneOffset

    public init(id: String, name: LocalText, timeZone: ZoneOffset) {
        self.id = id
        self.name = name
        self.timeZone = timeZone
    }
}
