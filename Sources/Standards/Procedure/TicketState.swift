/// One state of a ticket type's process.
public struct TicketState: Hashable, Sendable {
    public let id: String
    public let name: LocalText
    /// What the state is called towards other systems.
    public let status: TicketStatus
    /// Whether the ticket is done. A process may still lead out of a final state, which is reopening it.
    public let isFinal: Bool

    public init(id: String, name: LocalText, status: TicketStatus, isFinal: Bool = false) {
        self.id = id
        self.name = name
        self.status = status
        self.isFinal = isFinal
    }

    init?(reading reader: JSONReader, _ names: inout UniqueNames) {
        reader.explain([
            "id": "What transitions name it by", "name": "What the stage line says",
            "status": "What it is called towards other systems (TM Forum's TMF621)",
            "final": "Whether the ticket is done, as it is where the status is closed, rejected or cancelled",
        ])
        let id = reader.text("id", .identifier)
        if let id { names.claim(id, at: reader.path, reader.log) }
        let name = reader.object("name", read: LocalText.init(reading:))
        let status = reader.choice("status", of: TicketStatus.self)
        let isFinal = reader.flag("final", absent: false)
        guard let id, let name, let status else { return nil }
        self.init(id: id, name: name, status: status, isFinal: isFinal)
    }
}
