import Standards

extension TestNode {
    /// One call of the API.
    func call(
        _ method: String, _ path: String, _ body: JSONValue? = nil, actor: String = "clerk", key: String? = nil,
        match: String? = nil
    ) throws -> WebAnswer {
        var headers = [("Authorization", "Bearer \(token)"), ("Tributary-Actor", actor)]
        if body != nil { headers.append(("Content-Type", "application/json")) }
        if let key { headers.append(("Idempotency-Key", key)) }
        if let match { headers.append(("If-Match", match)) }
        return try client.send(method, path, headers: headers, body: body?.bytes() ?? [])
    }

    /// Reads something that must be there.
    func get(_ path: String) throws -> JSONValue {
        let answer = try call("GET", path)
        guard answer.status == 200 else { throw Failure("GET \(path): \(answer.status) \(answer.text)") }
        return answer.json
    }

    /// Writes something that must be taken.
    @discardableResult
    func post(
        _ path: String, _ body: JSONValue, actor: String = "clerk", key: String? = nil, match: String? = nil
    ) throws -> JSONValue {
        let answer = try call("POST", path, body, actor: actor, key: key, match: match)
        guard answer.status == 200 || answer.status == 201 else {
            throw Failure("POST \(path): \(answer.status) \(answer.text)")
        }
        return answer.json
    }

    func status() throws -> JSONValue { try get("/api/status") }

    /// Opens a complaint and returns its identifier.
    @discardableResult
    func open(_ subject: String, fields: [String: JSONValue] = [:], key: String? = nil) throws -> String {
        let all = fields.merging(["subject": .string(subject)]) { $1 }
        return try post("/api/tickets", ["type": "complaint", "fields": .object(all)], key: key).text("ticket", "id")
    }

    @discardableResult
    func act(_ ticket: String, _ action: JSONValue, actor: String = "clerk") throws -> JSONValue {
        try post("/api/tickets/\(ticket)/actions", action, actor: actor)
    }

    func assign(_ ticket: String, _ fields: [String: JSONValue], actor: String = "clerk") throws {
        try act(ticket, ["action": "assign", "fields": .object(fields)], actor: actor)
    }

    func note(_ ticket: String, _ text: String) throws {
        try act(ticket, ["action": "note", "text": .string(text), "visibility": "internal"])
    }

    func ticket(_ id: String) throws -> JSONValue { try get("/api/tickets/\(id)").value("ticket") }

    func holds(_ id: String) throws -> Bool { try call("GET", "/api/tickets/\(id)").status == 200 }

    /// Every ticket that a filter finds, page by page.
    func tickets(_ filter: String = "") throws -> [JSONValue] {
        try pages("/api/tickets?limit=500" + (filter.isEmpty ? "" : "&" + filter), "tickets")
    }

    func conflicts() throws -> [JSONValue] { try pages("/api/conflicts?limit=500", "conflicts") }

    private func pages(_ path: String, _ member: String) throws -> [JSONValue] {
        var all: [JSONValue] = []
        var after = ""
        while true {
            let page = try get(path + after)
            all += try page.list(member)
            guard let next = page["next"]?.stringValue else { return all }
            after = "&after=\(next)"
        }
    }

    /// The texts of a ticket's notes, in the order of its timeline.
    func notes(of ticket: String) throws -> [String] {
        try self.ticket(ticket).list("timeline").flatMap { entry in
            try entry.list("effects").filter { $0["kind"] == "noted" }.compactMap { $0["text"]?.stringValue }
        }
    }

    /// What `site` may see of the folded states, as one number.
    func digest(for site: String) throws -> String {
        let verified = try get("/api/verify?site=\(site)")
        guard verified["clean"] == true else { throw Failure("\(folder): \(verified.bytes().count) \(verified)") }
        return try verified.text("digest")
    }
}
