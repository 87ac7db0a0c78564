import Standards

/// What a clerk at one site's counter does; everything acknowledged goes into the ledger.
struct Counter: Sendable {
    let site: ProvinceSite
    let ledger: Ledger

    /// Takes a ticket.
    ///
    /// - Returns: its identifier.
    @discardableResult
    func take(_ body: JSONValue, key: String? = nil) throws -> String {
        let answer = try site.client.post("/api/tickets", body, key: key)
        guard let id = answer.json["ticket"]?["id"]?.stringValue else {
            throw CommandError(
                .no, "take a ticket at \(site.id)", reason: "the answer names none", remedy: "look into its log")
        }
        ledger.record(ticket: id, subject: body["fields"]?["subject"]?.stringValue ?? "")
        return id
    }

    /// Adds a note; its text is unique in the run.
    func note(_ text: String, on ticket: String, key: String? = nil) throws {
        try post(["action": "note", "text": .string(text), "visibility": "internal"], ticket, key: key)
        ledger.record(note: text, on: ticket)
    }

    /// Any other action.
    func act(_ body: JSONValue, on ticket: String, key: String? = nil) throws {
        try post(body, ticket, key: key)
        ledger.recordOther()
    }

    /// A ticket as the site shows it.
    func ticket(_ id: String) throws -> JSONValue {
        try site.client.get("/api/tickets/\(NodeClient.segment(id))").json["ticket"] ?? .null
    }

    /// A ticket as the site shows it, or nil when the site has none such.
    func ticketIfAny(_ id: String) throws -> JSONValue? {
        do {
            return try ticket(id)
        } catch let error as CommandError where error.status == 404 {
            return nil
        }
    }

    private func post(_ body: JSONValue, _ ticket: String, key: String?) throws {
        _ = try site.client.post("/api/tickets/\(NodeClient.segment(ticket))/actions", body, key: key)
    }
}
