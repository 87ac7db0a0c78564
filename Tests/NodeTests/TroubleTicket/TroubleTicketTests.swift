import Node
import Standards
import Testing

/// The two editions on one desk.
@Suite struct TroubleTicketTests {
    static let v4 = "/tmf-api/troubleTicket/v4/troubleTicket"
    static let v5 = "/tmf-api/troubleTicket/v5/troubleTicket"

    static func minimal(_ more: [String: JSONValue] = [:]) -> JSONValue {
        let members: [String: JSONValue] = [
            "@type": "TroubleTicket", "description": "光猫红灯闪烁𠮷", "severity": "Major", "ticketType": "complaint",
        ]
        return .object(members.merging(more) { $1 })
    }

    @Test("a ticket of the other system is one of the desk's, and comes back with all that was said")
    func created() throws {
        let (_, branch) = try TestNode.pair()
        let sent = Self.minimal([
            "name": "宽带不通", "priority": "2", "channel": ["id": "Telephone", "name": "10000", "@type": "ChannelRef"],
            "requestedResolutionDate": "2026-03-01T10:00:00+08:00",
            "relatedParty": [["role": "originator", "partyOrPartyRole": ["id": "c-7", "@type": "PartyRef"]]],
            "externalIdentifier": [["id": "CRM-1", "owner": "crm"]], "@schemaLocation": "https://example.org/a.json",
            "note": [["text": "客户很急", "author": "crm", "date": "2026-02-01T00:00:00Z"]],
            "troubleTicketCharacteristic": [
                ["name": "amount", "value": 3600], ["name": "代办", "value": true],
                ["name": "category", "value": "billing"],
            ],
        ])
        let answer = try branch.post(Self.v5, sent)
        #expect(answer.status == 201, "\(answer.text)")
        let path = try #require(answer.headers["location"])
        let shown = try branch.get(path)
        #expect(shown.json == answer.json)
        #expect(shown.headers["etag"] == answer.headers["etag"])
        for name in [
            "name", "description", "severity", "priority", "ticketType", "requestedResolutionDate", "@schemaLocation",
        ] {
            #expect(shown.json[name] == sent[name], "\(name)")
        }
        #expect(shown.json["status"] == "acknowledged")
        #expect(shown.json["channel"]?["name"] == "10000")
        #expect(shown.json["externalIdentifier"]?[0]?["owner"] == "crm")
        #expect(shown.json["relatedParty"]?[0]?["partyOrPartyRole"]?["id"] == "c-7")
        #expect(shown.json["note"]?[0]?["author"] == "crm")
        #expect(shown.json["note"]?[0]?["text"] == "客户很急")
        #expect(shown.json["statusChangeHistory"]?.arrayValue?.count == 1)
        #expect(shown.json["creationDate"]?.stringValue?.hasSuffix("+08:00") == true)
        let id = try #require(shown.json["id"]?.stringValue)
        let ticket = try #require(try branch.get("/api/tickets/\(id)").json["ticket"])
        #expect(ticket["subject"] == "宽带不通")
        #expect(ticket["fields"]?["channel"] == "phone")
        #expect(ticket["fields"]?["amount"] == 3600)
        #expect(ticket["fields"]?["onBehalf"] == true)
        #expect(ticket["category"] == "billing")
    }

    private static func file(type: String = "text/plain") -> JSONValue {
        [
            "name": "日志.txt", "mimeType": .string(type), "content": "5pel5b+X", "attachmentType": "log",
            "@type": "Attachment",
        ]
    }

    @Test("a small file comes by value, with the ticket or later, and is one of the ticket's")
    func files() throws {
        let (_, branch) = try TestNode.pair()
        let answer = try branch.post(Self.v5, Self.minimal(["attachment": [Self.file()]]))
        #expect(answer.status == 201, "\(answer.text)")
        let shown = answer.json["attachment"]?[0]
        #expect(shown?["name"] == "日志.txt")
        #expect(shown?["attachmentType"] == "log")
        #expect(shown?["size"]?["amount"] == 6)
        let place = try #require(shown?["href"]?.stringValue)
        #expect(try branch.get(place).text.contains("日志"))
        let path = try #require(answer.headers["location"])
        let other: JSONValue = ["name": "b.txt", "mimeType": "text/plain", "content": "Yg==", "@type": "Attachment"]
        let patched = try RawClient.send(
            port: branch.port, "PATCH", path, headers: [branch.token],
            body: JSONValue.object(["attachment": [other]]).bytes())
        #expect(
            patched.json["attachment"]?.arrayValue?.compactMap { $0["name"] } == ["日志.txt", "b.txt"], "\(patched.text)")
    }

    @Test("each edition shows what the other has said, in its own words")
    func translated() throws {
        let (_, branch) = try TestNode.pair()
        let sent: JSONValue = [
            "description": "断线", "severity": "Minor", "ticketType": "投诉", "externalId": "E-9",
            "relatedParty": [["id": "c-1", "role": "customer", "@referredType": "Customer", "name": "李静"]],
        ]
        let answer = try branch.post(Self.v4, sent)
        #expect(answer.status == 201, "\(answer.text)")
        #expect(answer.json["externalId"] == "E-9")
        #expect(answer.json["relatedParty"] == sent["relatedParty"])
        let id = try #require(answer.json["id"]?.stringValue)
        let other = try branch.get("\(Self.v5)/\(id)").json
        #expect(other["externalIdentifier"]?[0]?["id"] == "E-9")
        #expect(other["relatedParty"]?[0]?["role"] == "customer")
        #expect(other["relatedParty"]?[0]?["partyOrPartyRole"]?["name"] == "李静")
        #expect(other["troubleTicketSpecification"]?["id"] == "complaint")
        let alias = try branch.get("/tmf-api/troubleTicketManagement/v5/troubleTicket/\(id)")
        #expect(alias.status == 200)
        #expect(alias.json["href"] == "/tmf-api/troubleTicketManagement/v5/troubleTicket/\(id)" as JSONValue)
    }

    @Test("the caller's own identifier makes a repeated request the same ticket, and another one of it a conflict")
    func idempotent() throws {
        let (_, branch) = try TestNode.pair()
        let first = try branch.post(Self.v4, Self.minimal(["externalId": "X-1"]))
        let again = try branch.post(Self.v4, Self.minimal(["externalId": "X-1"]))
        #expect(first.status == 201)
        #expect(again.status == 201)
        #expect(again.headers["idempotency-replayed"] == "true")
        #expect(again.json["id"] == first.json["id"])
        let other = try branch.post(Self.v4, Self.minimal(["externalId": "X-1", "severity": "Minor"]))
        #expect(other.status == 409)
        #expect(other.json["code"] == "conflict")
        #expect(try branch.get(Self.v4).headers["x-total-count"] == "1")
    }

    @Test("what has no place is refused and named, and nothing is taken down")
    func refused() throws {
        let (_, branch) = try TestNode.pair()
        let wrong: [(JSONValue, String)] = [
            (Self.minimal(["colour": "red"]), "colour"),
            (Self.minimal(["lastUpdate": "2026-01-01T00:00:00Z"]), "lastUpdate"),
            (Self.minimal(["ticketType": "weather"]), "ticketType"), (Self.minimal(["status": "closed"]), "status"),
            (Self.minimal(["severity": 3]), "severity"), (Self.minimal(["note": [["author": "x"]]]), "note[0].text"),
            (Self.minimal(["relatedParty": [["partyOrPartyRole": ["id": "1"]]]]), "relatedParty[0].role"),
            (Self.minimal(["requestedResolutionDate": "soon"]), "requestedResolutionDate"),
            (Self.minimal(["troubleTicketCharacteristic": [["name": "amont", "value": 1]]]), "amont"),
            (Self.minimal(["troubleTicketCharacteristic": [["name": "subject", "value": "x"]]]), "subject"),
            (Self.minimal(["attachment": [["name": "a.txt", "mimeType": "text/plain"]]]), "attachment[0].content"),
            (Self.minimal(["attachment": [Self.file(type: "text/html")]]), "attachment[0]"),
            (Self.minimal(["attachment": [Self.file(), Self.file()]]), "attachment[1]"),
            (["@type": "TroubleTicket", "severity": "x"], "ticketType is required"), ([], "a list"),
        ]
        for (body, name) in wrong {
            let answer = try branch.post(Self.v5, body)
            #expect(answer.status == 400, "\(name): \(answer.text)")
            #expect(answer.json["message"]?.stringValue?.contains(name) == true, "\(name): \(answer.text)")
            #expect(answer.json["@type"] == "Error")
            #expect(answer.json["code"] == "invalidRequest")
            #expect(answer.json["status"] == "400")
            #expect(answer.headers["content-type"] == "application/json")
        }
        #expect(try branch.get(Self.v5).headers["x-total-count"] == "0")
    }

    @Test("at the hub a ticket names the branch that owns it")
    func atTheHub() throws {
        let hub = try TestNode.hub()
        #expect(try hub.post(Self.v5, Self.minimal()).status == 400)
        let home: JSONValue = [["name": "home", "value": "nx-wuzhong"]]
        let answer = try hub.post(Self.v5, Self.minimal(["troubleTicketCharacteristic": home]))
        #expect(answer.status == 201, "\(answer.text)")
        let id = answer.json["id"]?.stringValue ?? ""
        #expect(try hub.get("/api/tickets/\(id)").json["ticket"]?["home"] == "nx-wuzhong")
    }

    @Test("errors, also of paths and methods that are not served, have the form of TMF")
    func errors() throws {
        let (_, branch) = try TestNode.pair()
        let missing = try branch.get(Self.v5 + "/00000000000000000000000000000000")
        #expect(missing.status == 404)
        #expect(missing.json["reason"] == "Not Found")
        let put = try RawClient.send(port: branch.port, "PUT", Self.v4 + "/1", headers: [branch.token])
        #expect(put.status == 405)
        #expect(put.headers["allow"] == "DELETE, GET, HEAD, OPTIONS, PATCH")
        #expect(put.json["message"]?.stringValue?.contains("PATCH") == true)
        #expect(put.json["@type"] == nil)
        let stranger = try RawClient.send(port: branch.port, "GET", Self.v5)
        #expect(stranger.status == 401)
        #expect(stranger.json["code"] == "unauthorised")
        let text = try RawClient.send(
            port: branch.port, "POST", Self.v5, headers: [branch.token, ("Content-Type", "text/plain")], body: [0x78])
        #expect(text.status == 415)
        #expect(text.json["code"] == "unsupportedMediaType")
        let large = Array(repeating: UInt8(ascii: " "), count: 256 * 1024 + 1)
        #expect(
            try RawClient.send(port: branch.port, "POST", Self.v5, headers: [branch.token], body: large).status == 413)
        #expect(
            try RawClient.send(
                port: branch.port, "POST", Self.v5, headers: [branch.token], body: large.dropLast()
            ).status == 400)
    }

    @Test("specifications are the types of the standard, and are only read")
    func specifications() throws {
        let (_, branch) = try TestNode.pair()
        let path = "/tmf-api/troubleTicket/v5/troubleTicketSpecification"
        let list = try branch.get(path)
        #expect(list.headers["x-total-count"] == "1")
        #expect(list.json[0]?["id"] == "complaint")
        let one = try branch.get(path + "/complaint?fields=name,specCharacteristic").json
        #expect(one["name"] == "Complaint")
        #expect(one["version"] == nil)
        let amount = one["specCharacteristic"]?.arrayValue?.first { $0["name"] == "amount" }
        #expect(amount?["valueType"] == "integer")
        #expect(try branch.get(path + "/none").status == 404)
        let published = try branch.post(path, ["name": "x", "@type": "TroubleTicketSpecification"])
        #expect(published.status == 405)
        #expect(published.json["message"]?.stringValue?.contains("/api/standards") == true)
        #expect(try branch.get("/tmf-api/troubleTicket/v4/troubleTicketSpecification").status == 404)
    }
}
