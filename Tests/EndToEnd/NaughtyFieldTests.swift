import Foundation
import HTTP
import Standards
import Testing

extension RealProcesses {
    @Suite("Texts that programs are known to spoil, in every field of a ticket")
    struct NaughtyFieldTests {
        private static let strings = NaughtyStrings.own + NaughtyStrings.marked

        private struct TextField {
            let name: String
            /// Characters.
            let most: Int
        }

        /// The texts of a form, as the standard declares them that a hub begins with.
        private static func textFields(of type: String) throws -> [TextField] {
            let pack = try JSONValue(
                parsing: Scratch.text(of: ProjectFiles.path("Topology/standards/first.json")), sizeLimit: 1 << 20)
            let form = try #require(try pack.list("ticketTypes").first { $0["id"] == .string(type) })
            return try form.list("fields").filter { $0["kind"] == "text" }.map {
                TextField(name: try $0.text("id"), most: try $0.number("maxLength"))
            }
        }

        private static func fits(_ text: String, _ most: Int) -> Bool { NaughtyCheck.length(text) <= most }

        @Test("each goes into every text of the form, customer, notes, reasons and a refund, and out again at the hub")
        func everyField() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                let fields = try Self.textFields(of: "complaint")
                #expect(fields.count > 10)
                var ids: [String] = []
                for text in Self.strings {
                    try refuse(text, fields, at: branch)
                    ids.append(try open(text, fields, at: branch))
                }
                try province.waitUntilLevel()
                for node in [branch, province.hub] {
                    for (text, id) in zip(Self.strings, ids) { try check(text, id, fields, at: node) }
                    #expect(try node.get("/api/verify")["clean"] == true)
                }
                NaughtyCheck.expectUnlogged([branch, province.hub])
            }
        }

        @Test(
            "each goes into every text of the other forms, and out again at the hub",
            arguments: ["fault", "enquiry", "incident"])
        func otherForms(type: String) throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                let fields = try Self.textFields(of: type)
                var ids: [String] = []
                for text in Self.strings {
                    let form = Self.form(text, fields)
                    let opened = try branch.post("/api/tickets", ["type": .string(type), "fields": .object(form)])
                    ids.append(try opened.text("ticket", "id"))
                }
                try province.waitUntilLevel()
                for (text, id) in zip(Self.strings, ids) {
                    try check(text, fields, in: try province.hub.ticket(id))
                }
                NaughtyCheck.expectUnlogged([branch, province.hub])
            }
        }

        /// The text in every field that it fits.
        private static func form(_ text: String, _ fields: [TextField]) -> [String: JSONValue] {
            var form: [String: JSONValue] = ["subject": "long"]
            for field in fields where fits(text, field.most) { form[field.name] = .string(text) }
            return form
        }

        private func check(_ text: String, _ fields: [TextField], in ticket: JSONValue) throws {
            for field in fields where Self.fits(text, field.most) {
                NaughtyCheck.expect(try ticket.text("fields", field.name), text, field.name)
            }
        }

        /// All fields at once that are too short for it.
        private func refuse(_ text: String, _ fields: [TextField], at node: TestNode) throws {
            let short = fields.filter { !Self.fits(text, $0.most) }.map(\.name)
            guard !short.isEmpty else { return }
            var form: [String: JSONValue] = ["subject": "x"]
            for name in short { form[name] = .string(text) }
            let answer = try node.call("POST", "/api/tickets", ["type": "complaint", "fields": .object(form)])
            NaughtyCheck.expectTaken(false, answer, text, "too long")
            let named = Set(try answer.json.list("errors").map { try $0.text("field") })
            #expect(named == Set(short))
        }

        /// A ticket with the text wherever one can be typed and it fits.
        private func open(_ text: String, _ fields: [TextField], at node: TestNode) throws -> String {
            let form = Self.form(text, fields)
            var body: JSONValue = ["type": "complaint", "fields": .object(form)]
            if Self.fits(text, 100) {
                let customer = ["name": text, "phone": Self.fits(text, 40) ? text : ""].mapValues {
                    JSONValue.string($0)
                }
                body = ["type": "complaint", "fields": .object(form), "customer": .object(customer)]
            }
            let id = try node.post("/api/tickets", body).text("ticket", "id")
            func act(_ action: JSONValue, fits: Bool, _ place: String) throws {
                let answer = try node.call("POST", "/api/tickets/\(id)/actions", action)
                NaughtyCheck.expectTaken(fits, answer, text, place)
            }
            let said = JSONValue.string(text)
            try act(["action": "note", "text": said, "visibility": "public"], fits: true, "note")
            try act(["action": "expedite", "text": said], fits: true, "expedite")
            try act(["action": "escalate", "reason": said], fits: Self.fits(text, 2_000), "escalate")
            let reason = Self.fits(text, 2_000) ? said : "long"
            try act(
                ["action": "requestRefund", "charge": said, "amountFen": 1, "reason": reason],
                fits: Self.fits(text, 100), "refund")
            try act(
                ["action": "transition", "name": "cancel", "fields": ["cancelReason": said]],
                fits: Self.fits(text, 500), "cancel")
            return id
        }

        private func check(_ text: String, _ id: String, _ fields: [TextField], at node: TestNode) throws {
            let ticket = try node.ticket(id)
            try check(text, fields, in: ticket)
            if Self.fits(text, 100) { NaughtyCheck.expect(try ticket.text("customer", "name"), text, "customer") }
            if Self.fits(text, 40) { NaughtyCheck.expect(try ticket.text("customer", "phone"), text, "phone") }
            NaughtyCheck.expect(try node.notes(of: id), [text, text], "notes")
            if Self.fits(text, 2_000) { NaughtyCheck.expect(try ticket.text("escalation"), text, "escalation") }
            guard Self.fits(text, 100) else { return }
            let refund = try #require(try ticket.list("requests").first)
            NaughtyCheck.expect(try refund.text("charge"), text, "charge")
            NaughtyCheck.expect(try refund.text("reason"), text, "reason of a refund")
        }

        @Test("each names a file or is refused for it, and whoever fetches the file is told the name in one line")
        func fileNames() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                var (names, ticket) = ([(ticket: String, hash: String, name: String)](), "")
                for (index, text) in (["plain.txt"] + Self.strings).enumerated() {
                    // A ticket names 64 files.
                    if index.isMultiple(of: 50) { ticket = try branch.open("附件") }
                    let path = "/api/tickets/\(ticket)/attachments"
                    let answer = try branch.client.send(
                        "POST", path + "?name=" + PercentCoding.encode(text),
                        headers: [("Authorization", "Bearer \(branch.token)"), ("Content-Type", "text/plain")],
                        body: Array("content \(index)".utf8))
                    let isName =
                        text.utf8.count <= 255
                        && text.unicodeScalars.allSatisfy {
                            $0.properties.generalCategory != .control && $0 != "/" && $0 != "\\"
                        }
                    NaughtyCheck.expectTaken(isName, answer, text, "file")
                    guard answer.status == 201 else { continue }
                    let file = try answer.json.value("attachment")
                    NaughtyCheck.expect(try file.text("name"), text, "attached")
                    names.append((ticket, try file.text("hash"), text))
                }
                #expect(names.count > 50)
                try download(names, from: branch)
                try province.waitUntilLevel()
                for (ticket, files) in Dictionary(grouping: names, by: { $0.ticket }) {
                    let listed = try province.hub.get("/api/tickets/\(ticket)/attachments").list("attachments")
                    for file in files {
                        let found = listed.first { $0["hash"] == .string(file.hash) }
                        NaughtyCheck.expect(found?["name"]?.stringValue, file.name, "file at the hub")
                    }
                }
                NaughtyCheck.expectUnlogged([branch, province.hub])
            }
        }

        private func download(
            _ names: [(ticket: String, hash: String, name: String)], from node: TestNode
        ) throws {
            var usual: Set<String> = []
            for file in names {
                let answer = try node.call("GET", "/api/tickets/\(file.ticket)/attachments/\(file.hash)")
                #expect(answer.status == 200)
                #expect(String(decoding: answer.body, as: UTF8.self).hasPrefix("content "))
                // The first is a plain name: no other adds a header to it.
                if usual.isEmpty { usual = Set(answer.headers.keys) }
                #expect(Set(answer.headers.keys) == usual)
                let line = answer.headers["content-disposition"] ?? ""
                let start = "attachment; filename*=UTF-8''"
                let isPlain = line.utf8.allSatisfy { (0x20...0x7E).contains($0) }
                #expect(line.hasPrefix(start) && isPlain, "\(line)")
                NaughtyCheck.expect(
                    PercentCoding.decode(line.utf8.dropFirst(start.utf8.count)), file.name, "Content-Disposition")
            }
        }

        @Test("each is the name of whoever acts or is refused for it, and stands in the timeline as it was sent")
        func actors() throws {
            try TestProvince.with(["yinchuan"]) { province in
                let branch = try province.branch("yinchuan")
                let ticket = try branch.open("谁")
                let note: JSONValue = ["action": "note", "text": "x"]
                var actors: [String] = []
                for text in Self.strings {
                    let answer = try branch.call(
                        "POST", "/api/tickets/\(ticket)/actions", note, actor: PercentCoding.encode(text))
                    let isName =
                        text.utf8.count <= 256
                        && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
                    NaughtyCheck.expectTaken(isName, answer, text, "actor")
                    if answer.status == 200 { actors.append(text) }
                }
                #expect(actors.count > 50)
                try province.waitUntilLevel()
                for node in [branch, province.hub] {
                    let found = try node.ticket(ticket).list("timeline").dropFirst().map { try $0.text("actor") }
                    NaughtyCheck.expect(found, actors, "timeline")
                }
                NaughtyCheck.expectUnlogged([branch, province.hub])
            }
        }
    }
}
