import HTTP
import Replication
import ServiceDesk
import Standards

/// Files of tickets: attached, listed, fetched, read.
struct AttachmentRoutes {
    /// Bytes of a file that comes with the request that attaches it; a larger one is put in before, piece by piece.
    static let bodyBytesMax = 4 << 20
    static let listMax = 500

    let gate: Gate

    var routes: [Route] {
        let ticket = "/api/tickets/{ticket}/attachments"
        return [
            gate.post(ticket, for: .clerk, bodyBytesMax: Self.bodyBytesMax, Self.attach),
            gate.get(ticket, for: .observer, Self.list),
            gate.get(ticket + "/{hash}", for: .observer, Self.read),
            gate.post(ticket + "/{hash}/fetch", for: .clerk, Self.fetch),
            gate.get("/api/attachments", for: .observer, Self.lonely),
        ]
    }

    /// A file as a request names it: its content in the body, or put in before and named by hash and size.
    private struct Named {
        let file: Attachment
        let hash: ContentHash
        let content: [UInt8]
    }

    private static func attach(_ call: Call) throws {
        let conditions = try Preconditions(call.request, actor: call.actor)
        guard let named = try named(call) else { return }
        let ticket = call.request.parameter("ticket")
        call.write("attach") { session, now in
            if !named.content.isEmpty {
                let upload = try session.store.putIn(
                    named.content, at: 0, of: named.hash, size: named.content.count, at: now)
                guard upload == .whole else { return UploadRoutes.damaged() }
            }
            let desk = call.desk(session.store, now: now)
            let shown = try conditions.shown {
                RowVersion(origin: session.life.origin, version: try desk.ticket(ticket).version)
            }
            let outcome = try desk.act(
                .attach(named.file), on: ticket, shown: shown, key: conditions.key, in: &session)
            guard case .written(let written) = outcome else {
                throw NodeError(.notNow, "The ticket has changed meanwhile.", remedy: "Look at it and attach again.")
            }
            return try answer(written, named.file, call, session)
        }
    }

    /// Nil when the file may not be attached, and the client has been told.
    private static func named(_ call: Call) throws -> Named? {
        let reader = try QueryReader(call.request, ["name", "hash", "size"])
        let type = (call.request.headers["Content-Type"] ?? "").split(separator: ";").first.map(String.init) ?? ""
        let body = call.request.body
        let size = try reader.integer("size", in: 0...Int(Int32.max), default: body.count)
        if let problem = AttachmentProblem.size(UInt64(size)) ?? AttachmentProblem.mediaType(type.lowercased()) {
            call.answer(.success(refusal(problem)))
            return nil
        }
        let said = try reader.value("hash", "a SHA-256 of 64 hexadecimal digits") { ContentHash(text: $0) }
        guard let hash = body.isEmpty ? said : ContentHash(of: body) else {
            throw NodeError(
                .badRequest, "The request has no file.", remedy: "Send it as the body, or name its hash and its size.")
        }
        guard body.isEmpty || (size == body.count && said ?? hash == hash) else {
            throw NodeError(
                .badRequest, "The file is not what hash and size say.", remedy: "Leave them out, or send it again.")
        }
        let file = Attachment(
            hash: hash.bytes, name: reader.text("name") ?? "", size: UInt64(size), mediaType: type.lowercased())
        if let problem = AttachmentProblem.of(file, besides: 0) {
            call.answer(.success(refusal(problem)))
            return nil
        }
        return Named(file: file, hash: hash, content: body)
    }

    private static func refusal(_ problem: AttachmentProblem) -> Response {
        let status: Status =
            switch problem.kind {
            case .size: .contentTooLarge
            case .mediaType: .unsupportedMediaType
            case .name, .count, .hash: .unprocessableContent
            }
        return Answers.problem(status, detail: problem.text)
    }

    private static func answer(
        _ written: Written, _ file: Attachment, _ call: Call, _ session: Session
    ) throws -> Response {
        let held = try session.store.attachments(of: written.row).first { $0.attachment.hash == file.hash }
        let version = RowVersion(origin: session.life.origin, version: written.row.version)
        var headers = [("ETag", Preconditions.tag(version))]
        if written.isReplay { headers.append(("Idempotency-Replayed", "true")) }
        return Answers.json(
            ["attachment": held.map { AttachmentView($0).json } ?? .null], status: written.isReplay ? .ok : .created,
            headers: headers)
    }

    private static func list(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        return try call.site.read { store in
            let row = try call.desk(store, now: call.site.now()).ticket(call.request.parameter("ticket"))
            return Answers.json(["attachments": .array(try store.attachments(of: row).map { AttachmentView($0).json })])
        }
    }

    private static func file(_ hash: ContentHash, _ call: Call, _ store: SiteStore) throws -> HeldAttachment {
        let row = try call.desk(store, now: call.site.now()).ticket(call.request.parameter("ticket"))
        guard let held = try store.attachments(of: row).first(where: { $0.attachment.hash == hash.bytes }) else {
            throw NodeError(.notFound, "The ticket has no such file.", remedy: "List its attachments.")
        }
        return held
    }

    private static func read(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        let hash = try UploadRoutes.hash(call)
        let held = try call.site.read { try file(hash, call, $0) }
        guard let content = held.content else {
            return Answers.problem(
                .conflict,
                detail: "The file is not here. \(AttachmentView.whereabouts(held.place)) Ask for it with POST to "
                    + "\(call.request.path)/fetch, and read it when it has come.",
                extra: ["attachment": AttachmentView(held).json])
        }
        let name = PercentCoding.encode(held.attachment.name)
        return Response(
            headers: [
                "Content-Type": held.attachment.mediaType, "X-Content-Type-Options": "nosniff",
                "Content-Disposition": "attachment; filename*=UTF-8''\(name)", "ETag": "\"\(hash.text)\"",
            ], body: .stream { stream(content, hash, size: Int(held.attachment.size), to: $0, of: call.site) })
    }

    /// Each chunk is read by itself, so that a slow reader holds no snapshot. A content that has gone meanwhile or is
    /// not what its hash says cuts the answer off, which then does not look complete, and is looked at.
    private static func stream(
        _ content: Int64, _ hash: ContentHash, size: Int, to writer: BodyWriter, of site: Site
    ) {
        let reading = ContentReading(of: hash, size: size)
        writer.pump {
            let piece = reading.next { number in
                (try? site.read { store -> [UInt8]? in try store.chunk(number, of: content) }) ?? nil
            }
            switch piece {
            case .bytes(let bytes): return bytes
            case .end: return nil
            case .damaged:
                site.write("doubt") { session, now in
                    try session.verifyContent(content, at: now)
                } completion: { _ in
                }
                writer.abort()
                return nil
            }
        }
    }

    private static func fetch(_ call: Call) throws {
        let hash = try UploadRoutes.hash(call)
        let ticket = call.request.parameter("ticket")
        call.write("fetch") { session, now in
            let row = try call.desk(session.store, now: now).ticket(ticket)
            guard try session.demandAttachment(hash, of: row) else {
                throw NodeError(.notFound, "The ticket has no such file.", remedy: "List its attachments.")
            }
            let held = try file(hash, call, session.store)
            guard held.isHere || !session.life.isHub else {
                throw NodeError(
                    .notNow, "The hub has not received the file yet.",
                    remedy: "Wait: the site where it was attached sends it when nothing else waits.")
            }
            return Answers.json(["attachment": AttachmentView(held).json], status: held.isHere ? .ok : .accepted)
        }
    }

    private static func lonely(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["place", "limit"])
        _ = try reader.choice("place", of: ["one"])
        let limit = try reader.integer("limit", in: 1...listMax, default: 50)
        try call.requireHub("Files that exist at one place only are listed")
        let now = call.site.now()
        return try call.site.read { store in
            let wording = try Wording(store, of: call.site)
            let files = try store.lonelyAttachments(limit: limit).map { file -> JSONValue in
                var members = AttachmentView.members(of: file.attachment)
                members["ticket"] = .string(file.entity.text)
                members["number"] = .string(file.label)
                members["place"] = .string(file.place.rawValue)
                members["site"] = try wording.site(of: file.by.origin)
                members["since"] = wording.time(file.since)
                members["ageSeconds"] = .integer(max(0, now - file.since) / 1_000)
                return .object(members)
            }
            return Answers.json(["attachments": .array(files)])
        }
    }
}
