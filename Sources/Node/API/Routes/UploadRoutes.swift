import HTTP
import Replication
import Standards

/// Contents on their way in, piece by piece, before anything names them. What was cut off goes on where it stopped.
struct UploadRoutes {
    /// Bytes of one piece: whole chunks, and little enough that the writer is free again soon.
    static let pieceBytesMax = 1 << 20

    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/uploads/{hash}", for: .clerk, Self.show),
            gate.post("/api/uploads/{hash}", for: .clerk, bodyBytesMax: Self.pieceBytesMax, Self.take),
        ]
    }

    /// The hash that a path names.
    static func hash(_ call: Call) throws -> ContentHash {
        guard let hash = ContentHash(text: call.request.parameter("hash")) else {
            throw NodeError(
                .badRequest, "A file is named by its SHA-256.", remedy: "Send it as 64 hexadecimal digits.")
        }
        return hash
    }

    private static func show(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        let hash = try hash(call)
        return try call.site.read { answer(try $0.upload(of: hash), hash) }
    }

    private static func take(_ call: Call) throws {
        let reader = try QueryReader(call.request, ["size", "at"])
        let hash = try hash(call)
        let size = try reader.integer("size", in: 0...Int(Int32.max), default: call.request.body.count)
        let offset = try reader.integer("at", in: 0...Int(Int32.max), default: 0)
        let body = call.request.body
        call.write("upload") { session, now in
            answer(try session.store.putIn(body, at: offset, of: hash, size: size, at: now), hash)
        }
    }

    private static func answer(_ upload: SiteStore.Upload, _ hash: ContentHash) -> Response {
        switch upload {
        case .damaged: damaged()
        case .whole: Answers.json(["hash": .string(hash.text), "whole": true])
        case .lacking(let offset):
            Answers.json(["hash": .string(hash.text), "whole": false, "from": .integer(Int64(offset))])
        }
    }

    static func damaged() -> Response {
        Answers.problem(
            .unprocessableContent,
            detail: "All of the file came, and it is not what its hash says. Nothing of it was kept. Send it again.")
    }
}
