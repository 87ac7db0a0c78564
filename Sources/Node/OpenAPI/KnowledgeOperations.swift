import ServiceDesk
import Standards

/// Articles, and what sites add to them.
enum KnowledgeOperations {
    static let all: [Operation] = operations.map { $0.tagged("knowledge") }

    private static let wish: [String: JSONValue] = [
        "kind": Schemas.choice(Article.Kind.allCases.map(\.rawValue)), "title": Schemas.text, "agent": Schemas.text,
        "customer": Schemas.text, "categories": Schemas.list(), "keywords": Schemas.list(),
    ]

    private static let operations: [Operation] = [
        .get("/api/articles", "Finds articles: by words, or those that fit what is being typed")
            .texts("q", "text", "category").query("kind", Schemas.choice(Article.Kind.allCases.map(\.rawValue)))
            .query("state", Schemas.choice(ArticleQuery.Filter.allCases.map(\.rawValue))).limit(ArticleQuery.limitMax)
            .answers(200, Schemas.answer(["articles": Schemas.list(Schemas.object)])),
        .get("/api/articles/{article}", "Shows an article, also a past version and one that was withdrawn")
            .query("version", Schemas.integer(0...Int(Int32.max))).sends(.version),
        .get("/api/article-use", "Compares tickets solved at first contact, with an article and without")
            .query("days", Schemas.integer(1...ArticleRoutes.daysMax)),
        .post("/api/articles", "Begins an article, at the hub")
            .body(
                Schemas.object(
                    wish.merging(["ticket": Schemas.text]) { first, _ in first }, required: ["title", "agent"])
            ).answers(201).orAnswers(200).sends(.version),
        .post("/api/articles/{article}", "Revises, submits, gives back, publishes or withdraws an article, at the hub")
            .body(
                Schemas.object(
                    wish.merging(["action": Schemas.choice(ArticleRoutes.steps), "reason": Schemas.text]) { first, _ in
                        first
                    }, required: ["action"])
            ).sends(.version),
        .post("/api/articles/{article}/supplement", "Sets what this branch adds to an article; empty takes it back")
            .body(Schemas.object(["text": Schemas.text], required: ["text"])),
        .get("/api/contributions", "Lists proposed cases and what is wrong or unclear, with until when to answer")
            .query("state", Schemas.choice(["open", "all"])),
        .post("/api/contributions", "Proposes a case, or says that an article is wrong or unclear")
            .body(
                Schemas.object(
                    [
                        "purpose": Schemas.choice(Contribution.Purpose.allCases.map(\.rawValue)),
                        "article": Schemas.text, "ticket": Schemas.text, "title": Schemas.text, "text": Schemas.text,
                    ], required: ["purpose", "text"])
            ).answers(201).orAnswers(200),
        .post("/api/contributions/{contribution}", "Answers a contribution, at the hub; an accepted case is a draft")
            .body(
                Schemas.object(
                    [
                        "outcome": Schemas.choice(Contribution.Outcome.allCases.map(\.rawValue)),
                        "text": Schemas.text,
                    ], required: ["outcome"])),
    ]
}
