/// A role that people of the service desk hold.
public struct StaffRole: Hashable, Sendable {
    public let id: String
    public let name: LocalText

    public init(id: String, name: LocalText) {
        self.id = id
        self.name = name
    }

    init?(reading reader: JSONReader, _ names: inout UniqueNames) {
        let id = reader.text("id", .identifier)
        if let id { names.claim(id, at: reader.path(of: "id"), reader.log) }
        let name = reader.object("name", read: LocalText.init(reading:))
        guard let id, let name else { return nil }
        self.init(id: id, name: name)
    }
}
