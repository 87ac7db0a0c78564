import Replication
import Standards

/// Articles: written, published and withdrawn by the province.
extension Desk {
    /// An article, also one that was withdrawn: old tickets go on naming it.
    public func article(_ name: String) throws -> (row: EntityRow, article: Article) {
        guard let id = EntityID(kind: .article, text: name.lowercased()), let row = try store.row(id),
            row.state.exists, !row.isWithdrawn, let article = Article(row)
        else {
            throw DeskError(
                .notFound, "There is no article of that identifier here.", remedy: "List them: GET /api/articles.")
        }
        return (row, article)
    }

    /// Begins an article as a draft; the hub's to do.
    /// - Parameter identifier: 16 bytes for the new entity.
    public func draft(
        _ wish: ArticleWish, key: IdempotencyKey?, identifier: [UInt8], in session: inout Session
    ) throws -> Written {
        if let key, let replay = try session.replay(of: key) { return replay }
        try requireAuthorship(session.life)
        let ticket = try wish.ticket.map(closedTicket)
        var edits = try edits(of: wish, for: nil)
        if let ticket {
            try checkNamesNobody(wish.texts, of: ticket)
            edits.append(.assign(ArticleField.ticketNumber, .text(ticket.state.creation?.label ?? "")))
        }
        return try begin(edits, identifier, key, in: &session)
    }

    func begin(
        _ edits: [Edit], _ identifier: [UInt8], _ key: IdempotencyKey?, in session: inout Session
    ) throws -> Written {
        guard let id = EntityID(kind: .article, bytes: identifier) else {
            throw DeskError(.invalid, "The identifier has not 16 bytes.", remedy: "Correct the caller.")
        }
        let held = try store.database.first("SELECT count(*) FROM article WHERE state <> 'withdrawn'") { $0.int(0) }
        guard (held ?? 0) < DeskLimits.articles else {
            throw DeskError(
                .wrongState, "There are \(DeskLimits.articles) articles already.",
                remedy: "Withdraw one that nobody needs.")
        }
        let start: [Edit] = [
            .create(Creation(label: "")), .assign(ArticleField.state, .text(Article.State.draft.rawValue)),
            .assign(ArticleField.author, .text(actor)),
        ]
        return try wrote(session.write(Draft(entity: id, edits: start + edits, actor: actor, key: key), at: now))
    }

    /// Takes a step of an article's life; the hub's to do.
    public func take(
        _ step: ArticleStep, with name: String, shown: RowVersion?, key: IdempotencyKey?, in session: inout Session
    ) throws -> WriteOutcome {
        if let key, let replay = try session.replay(of: key) { return .written(replay) }
        try requireAuthorship(session.life)
        let (row, article) = try article(name)
        let edits = try edits(of: step, article)
        return try session.write(Draft(entity: row.id, edits: edits, actor: actor, key: key, shown: shown), at: now)
    }

    private func edits(of step: ArticleStep, _ article: Article) throws -> [Edit] {
        func to(_ state: Article.State) -> Edit { .assign(ArticleField.state, .text(state.rawValue)) }
        switch step {
        case .revise(let wish):
            try require(article, in: [.draft, .review, .published])
            try checkNamesNobody(wish.texts, ofTicket: article.ticketNumber)
            return [to(.draft), .assign(ArticleField.author, .text(actor))] + (try edits(of: wish, for: article))
        case .submit:
            try require(article, in: [.draft])
            return [to(.review)]
        case .giveBack(let reason):
            try require(article, in: [.review])
            return [to(.draft)] + (try requiredNote(reason))
        case .publish:
            try require(article, in: [.review])
            guard let words = article.draft else {
                throw DeskError(.wrongState, "Nothing is written to be published.", remedy: "Revise it first.")
            }
            let customer: Value = words.customer.isEmpty ? .null : .text(words.customer)
            let cleared = [ArticleField.draftTitle, ArticleField.draftAgent, ArticleField.draftCustomer]
            return [
                to(.published), .assign(ArticleField.version, .integer(article.version + 1)),
                .assign(ArticleField.title, .text(words.title)), .assign(ArticleField.agent, .text(words.agent)),
                .assign(ArticleField.customer, customer), .assign(ArticleField.reviewer, .text(actor)),
            ] + cleared.map { .assign($0, .null) }
        case .withdraw(let reason):
            try require(article, in: [.draft, .review, .published])
            return [to(.withdrawn)] + (try requiredNote(reason))
        }
    }

    private func require(_ article: Article, in states: [Article.State]) throws {
        guard !states.contains(article.state) else { return }
        throw DeskError(
            .wrongState, "The article's state is \(article.state.rawValue).",
            remedy: "This is done with one whose state is \(states.map(\.rawValue).joined(separator: ", ")).")
    }

    func requireAuthorship(_ life: Life) throws {
        guard life.isHub else {
            throw DeskError(
                .notAllowed, "Only the province writes what is said in its name.",
                remedy: "Add what is local as a supplement, or propose it.")
        }
    }

    func wrote(_ outcome: WriteOutcome) throws -> Written {
        guard case .written(let written) = outcome else {
            throw DeskError(.wrongState, "It has changed meanwhile.", remedy: "Look at it again.")
        }
        return written
    }

    /// Finds all that is wrong at once.
    /// - Parameter article: as it is now; nil for a new one.
    func edits(of wish: ArticleWish, for article: Article?) throws -> [Edit] {
        let (_, pack) = try standard()
        let held = article.flatMap { $0.draft ?? $0.words }
        let words = Article.Words(
            title: wish.title ?? held?.title ?? "", agent: wish.agent ?? held?.agent ?? "",
            customer: wish.customer ?? held?.customer ?? "")
        let keywords = wish.keywords.map { Array(Set($0)).sorted() }
        let categories = wish.categories.map { Array(Set($0)).sorted() }
        let problems = problems(of: words, categories, keywords, pack)
        guard problems.isEmpty else {
            let all = problems.map { "\($0.field) \($0.problem)" }.joined(separator: "; ")
            throw DeskError(
                .invalid, "The article is not right: \(all).", remedy: "Correct these and send it again.",
                problems: problems)
        }
        var edits: [Edit] = [
            .assign(ArticleField.draftTitle, .text(words.title)), .assign(ArticleField.draftAgent, .text(words.agent)),
            .assign(ArticleField.draftCustomer, words.customer.isEmpty ? .null : .text(words.customer)),
        ]
        if let kind = wish.kind ?? (article == nil ? .article : nil) {
            edits.append(.assign(ArticleField.kind, .text(kind.rawValue)))
        }
        edits += Self.edits(of: ArticleField.categories, from: article?.categories ?? [], to: categories)
        edits += Self.edits(of: ArticleField.keywords, from: article?.keywords ?? [], to: keywords)
        return edits
    }

    private static func edits(of set: Field, from held: [String], to wished: [String]?) -> [Edit] {
        guard let wished else { return [] }
        return wished.filter { !held.contains($0) }.map { .add(set, .text($0)) }
            + held.filter { !wished.contains($0) }.map { .remove(set, .text($0)) }
    }

    private func problems(
        of words: Article.Words, _ categories: [String]?, _ keywords: [String]?, _ pack: StandardPack
    ) -> [DeskError.Problem] {
        var problems: [DeskError.Problem] = []
        func report(_ field: String, _ problem: Flaw?) {
            if let problem { problems.append(.init(field: field, problem: problem)) }
        }
        report("title", words.title.isEmpty ? .missing : nil)
        let unsaid = Flaw("is missing: say what the desk is to know", .required)
        report("agent", words.agent.isEmpty ? unsaid : nil)
        report("title", DeskLimits.problem(words.title, longestLength: DeskLimits.articleTitleLength))
        report("agent", DeskLimits.problem(words.agent, longestLength: DeskLimits.articleTextLength))
        report("customer", DeskLimits.problem(words.customer, longestLength: DeskLimits.articleTextLength))
        let (categories, keywords) = (categories ?? [], keywords ?? [])
        if categories.count > DeskLimits.articleCategories {
            report("categories", "are more than \(DeskLimits.articleCategories)")
        }
        if let unknown = categories.first(where: { pack.category($0) == nil }) {
            let hint = NearestWord.nearest(to: unknown, among: pack.categories.map(\.id))
            let clause = hint.map { "; did you mean \($0)?" } ?? ""
            report("categories", "names one that standard \(pack.version) has not\(clause)")
        }
        if keywords.count > DeskLimits.articleKeywords {
            report("keywords", "are more than \(DeskLimits.articleKeywords)")
        }
        let lengths = DeskLimits.articleKeywordShortest...DeskLimits.articleKeywordLength
        if keywords.contains(where: { !lengths.contains($0.unicodeScalars.count) || !Self.isSearchable($0) }) {
            report("keywords", "have not \(lengths.lowerBound) to \(lengths.upperBound) characters each")
        }
        return problems
    }

    /// Whether its letters and digits alone are long enough.
    private static func isSearchable(_ keyword: String) -> Bool {
        KnowledgeText.folded(keyword).unicodeScalars.count >= DeskLimits.articleKeywordShortest
    }
}
