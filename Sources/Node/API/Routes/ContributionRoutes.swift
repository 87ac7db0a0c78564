import HTTP
import Replication
import ServiceDesk
import Standards

/// What sites add to the knowledge, and what the province answers.
struct ContributionRoutes {
    let gate: Gate

    var routes: [Route] {
        let most = ArticleRoutes.bodyBytesMax
        return [
            gate.get("/api/contributions", for: .observer, Self.list),
            gate.post("/api/contributions", for: .clerk, bodyBytesMax: most, Self.contribute),
            gate.post("/api/contributions/{contribution}", for: .supervisor, bodyBytesMax: most, Self.answer),
            gate.post("/api/articles/{article}/supplement", for: .supervisor, bodyBytesMax: most, Self.supplement),
        ]
    }

    private static func list(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["state"])
        var query = ContributionQuery()
        query.withAnswered = try reader.choice("state", of: ["open", "all"]) == "all"
        let asked = query
        let now = call.site.now()
        return try call.site.read { store in
            let wording = try Wording(store, of: call.site)
            return Answers.json([
                "contributions": .array(
                    try asked.list(in: store).map {
                        try ContributionView(contribution: $0, wording: wording).json(at: now)
                    }), "now": wording.time(now),
            ])
        }
    }

    private static func contribute(_ call: Call) throws {
        var reader = try BodyReader(call.request, ["purpose", "article", "ticket", "title", "text"])
        let purpose = Contribution.Purpose(
            rawValue: reader.choice("purpose", of: Contribution.Purpose.allCases.map(\.rawValue)))
        var new = NewContribution(purpose ?? .case)
        new.article = reader.wordIfAny("article")
        new.ticket = reader.wordIfAny("ticket")
        new.title = reader.text("title", atMost: DeskLimits.articleTitleLength, isOptional: true)
        new.text = reader.text("text", atMost: DeskLimits.articleTextLength)
        try reader.finish()
        let identifier = Draws.identifier(at: call.site.now())
        let asked = new
        try write(call, isNew: true) { desk, session, key in
            try desk.contribute(asked, key: key, identifier: identifier, in: &session)
        }
    }

    private static func answer(_ call: Call) throws {
        try call.requireHub("Contributions are answered")
        var reader = try BodyReader(call.request, ["outcome", "text"])
        let word = reader.choice("outcome", of: Contribution.Outcome.allCases.map(\.rawValue))
        let text = reader.text("text", atMost: DeskLimits.articleTitleLength, isOptional: true)
        try reader.finish()
        guard let outcome = Contribution.Outcome(rawValue: word) else { return }
        let name = call.request.parameter("contribution")
        let identifier = Draws.identifier(at: call.site.now())
        try write(call, isNew: false) { desk, session, key in
            try desk.answer(
                contribution: name, outcome, text: text, key: key, identifier: identifier, in: &session)
        }
    }

    private static func write(
        _ call: Call, isNew: Bool,
        _ job: @escaping @Sendable (Desk, inout Session, IdempotencyKey?) throws -> Written
    ) throws {
        let conditions = try Preconditions(call.request, actor: call.actor)
        call.write("contribution") { session, now in
            let written = try job(call.desk(session.store, now: now), &session, conditions.key)
            let wording = TicketRoutes.wording(call, session)
            let view = try Contribution(written.row).map {
                try ContributionView(contribution: $0, wording: wording).json(at: now)
            }
            return Answers.json(
                ["contribution": view ?? .null], status: isNew && !written.isReplay ? .created : .ok,
                headers: written.isReplay ? [("Idempotency-Replayed", "true")] : [])
        }
    }

    private static func supplement(_ call: Call) throws {
        var reader = try BodyReader(call.request, ["text"])
        let text = reader.text("text", atMost: DeskLimits.supplementLength)
        try reader.finish()
        let name = call.request.parameter("article")
        let conditions = try Preconditions(call.request, actor: call.actor)
        call.write("supplement") { session, now in
            let desk = call.desk(session.store, now: now)
            _ = try desk.supplement(text, to: name, key: conditions.key, in: &session)
            let article = try desk.article(name).article
            return Answers.json(["supplements": try ArticleRoutes.supplements(article, session.store)])
        }
    }
}
