import HTTP
import Replication
import ServiceDesk
import Standards

/// What customers were told: listed at the hub, and decided there by a person where nothing else can.
struct NoticeRoutes {
    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/notices", for: .observer, Self.list),
            gate.post("/api/notices/{notice}/send", for: .supervisor, bodyBytesMax: 0) { call in
                try Self.decide(call) { try $0.send($1, actor: call.actor, at: $2) }
            },
            gate.post("/api/notices/{notice}/drop", for: .supervisor, bodyBytesMax: 0) { call in
                try Self.decide(call) { try $0.drop($1, actor: call.actor, at: $2) }
            },
        ]
    }

    private static func list(_ call: Call) throws -> Response {
        try call.requireHub("Customers are told")
        let reader = try QueryReader(call.request, ["state", "ticket", "after", "limit"])
        let state = try reader.choice("state", of: Notice.State.allCases.map(\.word)).flatMap(Notice.State.init(word:))
        let limit = try reader.integer("limit", in: 1...NoticeLimits.listMax, default: 50)
        let after = try reader.value("after", "a cursor that a page has given") { Int64($0) }
        let name = reader.text("ticket")
        return try call.site.read { store in
            let wording = try Wording(store, of: call.site)
            let ticket = try name.map { try call.desk(store, now: call.site.now()).ticket($0).number }
            let notices = try NoticeBook(store, shelf: call.site.domain.shelf).list(
                state: state, ticket: ticket, before: after, limit: limit)
            let next = notices.count == limit ? notices.last.map { JSONValue.string(String($0.number)) } : nil
            return Answers.json([
                "notices": .array(try notices.map { try NoticeView(notice: $0, wording: wording).json }),
                "next": next ?? .null,
            ])
        }
    }

    private static func decide(
        _ call: Call, _ decide: @escaping @Sendable (NoticeBook, Notice, Int64) throws -> Void
    ) throws {
        try call.requireHub("Customers are told")
        guard let change = ChangeReference(call.request.parameter("notice")) else {
            throw NodeError(
                .badRequest, "That is no notice's name.", remedy: "`tributary notices list` names those there are.")
        }
        let site = call.site
        call.write("notice") { session, now in
            let book = NoticeBook(session.store, shelf: site.domain.shelf)
            guard let notice = try book.find(change) else {
                throw NodeError(
                    .notFound, "There is no notice of change \(change) here.",
                    remedy: "`tributary notices list` lists those there are.")
            }
            try decide(book, notice, now)
            let wording = Wording(
                session.store, life: session.life, shelf: site.domain.shelf, timeZone: site.configuration.timeZone)
            guard let present = try book.find(change) else { return Answers.json([:]) }
            return Answers.json(["notice": try NoticeView(notice: present, wording: wording).json])
        } then: {
            site.tellOfNotices()
        }
    }
}
