import HTTP
import Replication
import ServiceDesk
import Standards

/// The province's knowledge: found everywhere, written at the hub.
struct ArticleRoutes {
    /// Two views of the longest, in characters of up to four bytes each written as an escape, and a little.
    static let bodyBytesMax = 512 << 10
    /// Days of tickets that a comparison looks at.
    static let daysMax = 366

    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/articles", for: .observer, Self.list),
            gate.get("/api/articles/{article}", for: .observer, Self.show),
            gate.get("/api/article-use", for: .observer, Self.use),
            gate.post("/api/articles", for: .supervisor, bodyBytesMax: Self.bodyBytesMax, Self.begin),
            gate.post("/api/articles/{article}", for: .supervisor, bodyBytesMax: Self.bodyBytesMax, Self.step),
        ]
    }

    private static func list(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["q", "text", "category", "kind", "state", "limit"])
        let category = reader.text("category")
        let text = try reader.value("text", "a text of at most \(ArticleMatch.textLengthMax) characters") { text in
            text.unicodeScalars.count <= ArticleMatch.textLengthMax ? text : nil
        }
        let limit = try reader.integer("limit", in: 1...ArticleQuery.limitMax, default: 50)
        var query = ArticleQuery()
        query.search = try reader.value("q", "2 to \(ArticleQuery.searchLengthMax) characters") { text in
            (2...ArticleQuery.searchLengthMax).contains(text.unicodeScalars.count) ? text : nil
        }
        query.kind = try reader.choice("kind", of: Article.Kind.allCases.map(\.rawValue)).flatMap(Article.Kind.init)
        let states = ArticleQuery.Filter.allCases
        query.filter =
            try reader.choice("state", of: states.map(\.rawValue)).flatMap(ArticleQuery.Filter.init)
            ?? .current
        // Drafts are held everywhere and shown where they are written: nobody says what is not published yet.
        if query.filter != .current { try call.requireHub("Drafts and what was withdrawn are listed") }
        if text != nil, ["q", "kind", "state"].contains(where: { reader.text($0) != nil }) {
            throw NodeError(
                .badRequest, "What is typed is looked for in all that is in force: text goes with no q, kind or state.",
                remedy: "Leave them out, or search with q.")
        }
        let asked = query
        let isHub = call.site.configuration.isHub
        return try call.site.read { store in
            var query = asked
            let pack = try call.site.domain.shelf.current(in: store, at: call.site.now())?.pack
            let lineage = category.map { pack?.lineage(of: $0) ?? [] }
            if text != nil {
                let found = try ArticleMatch.find(
                    text ?? "", lineage: lineage ?? [], limit: min(limit, ArticleMatch.limitMax), in: store)
                return Answers.json([
                    "articles": .array(
                        try found.map { match in
                            var members = ArticleView(article: match.article, isHub: isHub).inForce
                            members["matched"] = .array(match.keywords.map { .string($0) })
                            members["supplements"] = try supplements(match.article, store)
                            return .object(members)
                        })
                ])
            }
            query.lineage = lineage
            // One more than is shown tells whether there are more.
            query.limit = limit + 1
            let found = try query.list(in: store)
            return Answers.json([
                "articles": .array(
                    found.prefix(limit).map { .object(ArticleView(article: $0, isHub: isHub).summary) }),
                "cut": .bool(found.count > limit),
            ])
        }
    }

    private static func show(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["version"])
        let version = try reader.integer("version", in: 0...Int(Int32.max), default: 0)
        let name = call.request.parameter("article")
        return try call.site.read { store in
            let now = call.site.now()
            let (row, article) = try call.desk(store, now: now).article(name)
            let isHub = call.site.configuration.isHub
            guard isHub || article.version > 0 else {
                throw NodeError(
                    .notFound, "The article is not published.", remedy: "List those in force: GET /api/articles.")
            }
            let view = ArticleView(article: article, isHub: isHub)
            var members = isHub ? view.whole : view.inForce
            if article.state == .withdrawn || (isHub && article.state == .draft) {
                members["reason"] = try ArticleBook.reason(for: row, in: store).map { .string($0) } ?? .null
            }
            let wording = try Wording(store, of: call.site)
            if version > 0 {
                guard let past = try ArticleBook.words(of: row.id, version: Int64(version), in: store) else {
                    throw NodeError(
                        .notFound, "The article has no version \(version).",
                        remedy: "Its versions are 1 to \(article.version).")
                }
                members["words"] = ArticleView.words(past.words)
                members["shownVersion"] = .integer(Int64(version))
                members["publishedAt"] = wording.time(past.from)
            }
            members["supplements"] = try supplements(article, store)
            return Answers.json(
                ["article": .object(members)], headers: [("ETag", Preconditions.tag(wording.version(of: row)))])
        }
    }

    static func supplements(_ article: Article, _ store: SiteStore) throws -> JSONValue {
        .array(
            try ArticleBook.supplements(to: article.id, in: store).map {
                [
                    "site": .string($0.site.text), "text": .string($0.text), "version": .integer($0.version),
                    "older": .bool($0.version < article.version),
                ]
            })
    }

    /// Solved at first contact, with an article and without.
    private static func use(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["days"])
        let days = try reader.integer("days", in: 1...daysMax, default: 30)
        let now = call.site.now()
        return try call.site.read { store in
            let found = try KnowledgeUse.compare(
                opened: now - Int64(days) * 86_400_000..<now, in: store, shelf: call.site.domain.shelf)
            func json(_ use: KnowledgeUse) -> JSONValue {
                ["solved": .integer(Int64(use.solved)), "atFirstContact": .integer(Int64(use.atFirstContact))]
            }
            return Answers.json([
                "days": .integer(Int64(days)), "with": json(found.with), "without": json(found.without),
                "cut": .bool(found.isCut), "dataAsOf": try DataAsOfView.json(try Wording(store, of: call.site)),
            ])
        }
    }

    private static func begin(_ call: Call) throws {
        try call.requireHub("Articles are written")
        var reader = try BodyReader(call.request, wishMembers + ["ticket"])
        var wish = wish(&reader)
        wish.ticket = reader.wordIfAny("ticket")
        try reader.finish()
        let conditions = try Preconditions(call.request, actor: call.actor)
        let identifier = Draws.identifier(at: call.site.now())
        let asked = wish
        call.write("article") { session, now in
            let written = try call.desk(session.store, now: now).draft(
                asked, key: conditions.key, identifier: identifier, in: &session)
            return answer(written, call, session, isNew: true)
        }
    }

    private static func step(_ call: Call) throws {
        try call.requireHub("Articles are written")
        var reader = try BodyReader(call.request, ["action", "reason"] + wishMembers)
        let step = step(&reader)
        try reader.finish()
        guard let step else { throw NodeError(.badRequest, "No action is named.", remedy: "Name one.") }
        let conditions = try Preconditions(call.request, actor: call.actor)
        let name = call.request.parameter("article")
        call.write("article") { session, now in
            let desk = call.desk(session.store, now: now)
            let shown = try conditions.shown {
                RowVersion(origin: session.life.origin, version: try desk.article(name).row.version)
            }
            switch try desk.take(step, with: name, shown: shown, key: conditions.key, in: &session) {
            case .written(let written): return answer(written, call, session, isNew: false)
            case .changedSince:
                return Answers.problem(
                    .preconditionFailed,
                    detail: "The article has changed since it was shown. Nothing was written. Look at it again.")
            }
        }
    }

    static let steps = ["revise", "submit", "giveBack", "publish", "withdraw"]
    private static let wishMembers = ["kind", "title", "agent", "customer", "categories", "keywords"]

    private static func step(_ reader: inout BodyReader) -> ArticleStep? {
        let name = reader.choice("action", of: steps)
        if name != "revise" {
            for member in wishMembers where reader.has(member) { reader.report(member, "is for revise only") }
        }
        func reason() -> String { reader.text("reason", atMost: DeskLimits.reasonLength, isOptional: true) }
        switch name {
        case "revise": return .revise(wish(&reader))
        case "submit": return .submit
        case "giveBack": return .giveBack(reason: reason())
        case "publish": return .publish
        case "withdraw": return .withdraw(reason: reason())
        default: return nil
        }
    }

    private static func wish(_ reader: inout BodyReader) -> ArticleWish {
        var wish = ArticleWish()
        if reader.has("kind") {
            wish.kind = Article.Kind(rawValue: reader.choice("kind", of: Article.Kind.allCases.map(\.rawValue)))
        }
        func text(_ name: String, _ limit: Int) -> String? {
            reader.has(name) ? reader.text(name, atMost: limit) : nil
        }
        wish.title = text("title", DeskLimits.articleTitleLength)
        wish.agent = text("agent", DeskLimits.articleTextLength)
        wish.customer = text("customer", DeskLimits.articleTextLength)
        if reader.has("categories") { wish.categories = reader.texts("categories") }
        if reader.has("keywords") { wish.keywords = reader.texts("keywords") }
        return wish
    }

    private static func answer(_ written: Written, _ call: Call, _ session: Session, isNew: Bool) -> Response {
        let wording = TicketRoutes.wording(call, session)
        let view = Article(written.row).map { JSONValue.object(ArticleView(article: $0).whole) }
        return Answers.json(
            ["article": view ?? .null], status: isNew && !written.isReplay ? .created : .ok,
            headers: [("ETag", Preconditions.tag(wording.version(of: written.row)))]
                + (written.isReplay ? [("Idempotency-Replayed", "true")] : []))
    }
}
