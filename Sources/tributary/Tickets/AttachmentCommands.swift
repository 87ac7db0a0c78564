import Glibc
import Replication
import Standards

/// `tributary ticket attach …`, `attachments`, `fetch`, and `tributary attachments`
enum AttachmentCommands {
    static let ofTickets = [attach, list, fetch]

    /// Bytes of a piece on its way to the node.
    private static let pieceBytes = 1 << 20
    private static let file = ParameterRule("FILE", "the file")
    private static let hash = ParameterRule("HASH", "the file's SHA-256 as `ticket attachments` shows it, or its start")

    private static let mediaTypes = [
        "csv": "text/csv", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "jpeg": "image/jpeg", "jpg": "image/jpeg", "mp3": "audio/mpeg", "pdf": "application/pdf", "png": "image/png",
        "txt": "text/plain", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "zip": "application/zip",
    ]

    private static let attach = Command(
        "attach", "Attaches a file to a ticket",
        explanation: [
            "The file is put into the node piece by piece, going on where an earlier try was cut off, verified whole, "
                + "and then named by a change of the ticket. Its content goes to the hub when nothing else waits."
        ],
        parameters: [TicketCommands.ticket, file],
        options: [
            OptionRule("name", "NAME", "the name it is shown under; else its own"),
            OptionRule("type", "TYPE", "its media type; else by the end of its name"), TicketCommands.key,
        ] + NodeOptions.writing,
        examples: ["tributary ticket attach YC-7K2M9QPA report.pdf --data yinchuan"], exits: NodeOptions.exits,
        action: attachFile)

    private static let list = Command(
        "attachments", "Lists a ticket's files and where each is", parameters: [TicketCommands.ticket],
        options: NodeOptions.reading, examples: ["tributary ticket attachments YC-7K2M9QPA --data yinchuan"],
        exits: NodeOptions.exits
    ) { invocation in
        let json = try NodeOptions.client(invocation).get(try TicketCommands.path(invocation) + "/attachments").json
        if invocation.has("json") {
            JSONText.say(json)
            return .done
        }
        let files = json["attachments"]?.arrayValue ?? []
        for file in files { Terminal.say(AttachmentLine.line(file)) }
        if files.isEmpty { Terminal.say("no attachments") }
        return .done
    }

    private static let fetch = Command(
        "fetch", "Writes a ticket's file to disk, fetching it from the hub if need be",
        parameters: [TicketCommands.ticket, hash],
        options: [
            OptionRule("to", "FILE", "where to", .required),
            OptionRule("wait", "SECONDS", "how long to wait until it has come, 0 to 3600; else 60"),
        ] + NodeOptions.writing,
        examples: ["tributary ticket fetch YC-7K2M9QPA 9f86d081884c --to report.pdf --data yinchuan"],
        exits: NodeOptions.exits, action: fetchFile)

    static let lonely = Command(
        "attachments", "Lists the files that exist at one place only, the oldest first; at the hub",
        explanation: [
            "A file that only its author's site holds is lost with that site's disk; one that only the hub holds, with "
                + "the hub's."
        ],
        options: [OptionRule("limit", "N", "how many, 1 to 500; else 50")] + NodeOptions.reading,
        examples: ["tributary attachments --data hub"], exits: NodeOptions.exits
    ) { invocation in
        var query: [NodeClient.Item] = [("place", "one")]
        if let limit = try invocation.integer("limit", in: 1...500) { query.append(("limit", String(limit))) }
        let json = try NodeOptions.client(invocation).get("/api/attachments", query).json
        if invocation.has("json") {
            JSONText.say(json)
            return .done
        }
        let files = json["attachments"]?.arrayValue ?? []
        for file in files {
            let place = file["place"]?.stringValue == "onlyAtAuthor" ? "only at" : "only at the hub, from"
            Terminal.say(
                "\(JSONText.value(file["number"]))  \(JSONText.value(file["hash"]).prefix(12))  "
                    + "\(JSONText.value(file["size"])) bytes, \(place) \(JSONText.value(file["site"])), since "
                    + JSONText.value(file["since"]))
        }
        if files.isEmpty { Terminal.say("every file is at two places") }
        return .done
    }

    private static func attachFile(_ invocation: Invocation) throws -> ExitCode {
        let path = try invocation.requiredWord("FILE")
        let name = invocation.text("name") ?? path.split(separator: "/").last.map(String.init) ?? path
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard let type = invocation.text("type") ?? mediaTypes[ending] else {
            let known = mediaTypes.keys.sorted().joined(separator: ", ")
            throw invocation.refusal("the type of \(name) is not known by its end", "give --type, or one of: \(known)")
        }
        let content = try InputFile.bytes(path, limit: AttachmentLimits.bytesInFile)
        let hash = ContentHash(of: content).text
        let client = try NodeOptions.client(invocation)
        try put(content, hash, into: client)
        let answer = try client.post(
            try TicketCommands.path(invocation) + "/attachments",
            [("name", name), ("hash", hash), ("size", String(content.count))], bytes: [], type: type,
            key: invocation.text("key"))
        if invocation.has("json") {
            JSONText.say(answer.json)
        } else {
            Terminal.say(
                (answer.isReplayed ? "attached already: " : "attached: ")
                    + AttachmentLine.line(answer.json["attachment"] ?? .null))
        }
        return .done
    }

    private static func put(_ content: [UInt8], _ hash: String, into client: NodeClient) throws {
        let path = "/api/uploads/\(hash)"
        var answer = try client.get(path).json
        while answer["whole"]?.boolValue != true {
            let start = answer["from"]?.intValue ?? 0
            guard start < content.count else { return }
            answer = try client.post(
                path, [("size", String(content.count)), ("at", String(start))],
                bytes: Array(content[start..<min(start + pieceBytes, content.count)]), type: "application/octet-stream"
            ).json
        }
    }

    private static func fetchFile(_ invocation: Invocation) throws -> ExitCode {
        let target = try invocation.required("to")
        let client = try NodeOptions.client(invocation)
        let path = try TicketCommands.path(invocation) + "/attachments"
        let start = try invocation.requiredWord("HASH").lowercased()
        let files = try client.get(path).json["attachments"]?.arrayValue ?? []
        let found = Set(files.compactMap { $0["hash"]?.stringValue }.filter { $0.hasPrefix(start) })
        guard found.count == 1, let hash = found.first else {
            throw invocation.refusal(
                found.isEmpty ? "the ticket has no such file" : "several files begin so",
                "take the hash from `ticket attachments`")
        }
        try OutputFile.check(target)
        try wait(for: hash, of: path, client, seconds: try invocation.integer("wait", in: 0...3_600) ?? 60)
        let carrier = try FileCarrier(target)
        try client.stream(path + "/" + hash, [], take: carrier.take)
        try carrier.finish()
        if invocation.has("json") {
            JSONText.say(["file": .string(target), "hash": .string(hash), "bytes": .integer(Int64(carrier.bytes))])
        } else {
            Terminal.say("\(carrier.bytes) bytes in \(target)")
        }
        return .done
    }

    private static func wait(for hash: String, of path: String, _ client: NodeClient, seconds: Int) throws {
        var file = try client.post(path + "/\(hash)/fetch").json["attachment"] ?? .null
        var left = seconds * 4
        while file["here"]?.boolValue != true {
            guard left > 0 else {
                throw CommandError(
                    .unreachable, "fetch file \(hash.prefix(12))",
                    reason: "it has not come yet: \(AttachmentLine.place(file))",
                    remedy: "it goes on coming by itself; ask again later, or give a longer --wait")
            }
            left -= 1
            usleep(250_000)
            let files = try client.get(path).json["attachments"]?.arrayValue ?? []
            file = files.first { $0["hash"]?.stringValue == hash } ?? .null
        }
    }
}
