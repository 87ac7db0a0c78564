import Replication

/// What articles, supplements and contributions may be, and whose they are. That only the province writes an article
/// is the kind's authority: a branch has a supplement, which stands beside and never in the place of the province's
/// words.
enum KnowledgeRules {
    static func judge(_ change: Change, before state: EntityState, author: Author) -> Judgement {
        switch change.entity.kind {
        case .article: judgeArticle(change, before: state)
        case .supplement: judgeSupplement(change, before: state, author: author)
        default: judgeContribution(change, before: state, author: author)
        }
    }

    private static func judgeArticle(_ change: Change, before state: EntityState) -> Judgement {
        if let problem = problem(in: change.edits, limit: articleLimit) {
            return .refuse("A text of an article \(problem). Shorten it.")
        }
        func after(_ field: Field) -> Value { change.assigned(field) ?? state[field] }
        guard Article.Kind(rawValue: after(ArticleField.kind).textValue ?? "") != nil,
            let next = Article.State(rawValue: after(ArticleField.state).textValue ?? "")
        else { return .refuse("An article has a kind and a state. Write it through the desk.") }
        if state[ArticleField.state] == .text(Article.State.withdrawn.rawValue), next != .withdrawn {
            return .refuse("The article was withdrawn. Write another one.")
        }
        let (held, version) = (state[ArticleField.version].integerValue ?? 0, after(ArticleField.version).integerValue)
        let isPublished = change.assigned(ArticleField.version) != nil
        let wording = [ArticleField.title, ArticleField.agent, ArticleField.customer]
        guard isPublished || !wording.contains(where: { change.assigned($0) != nil }) else {
            return .refuse("The words of an article change with its version. Publish them.")
        }
        guard !isPublished || (version == held + 1 && next == .published) else {
            return .refuse("A publication is the version after the last. Look at the article again.")
        }
        return .admit
    }

    private static func articleLimit(_ field: Field) -> Int {
        switch field {
        case ArticleField.agent, ArticleField.customer, ArticleField.draftAgent, ArticleField.draftCustomer:
            DeskLimits.articleTextLength
        case ArticleField.keywords: DeskLimits.articleKeywordLength
        default: DeskLimits.articleTitleLength
        }
    }

    private static func judgeSupplement(_ change: Change, before state: EntityState, author: Author) -> Judgement {
        func named(_ field: Field) -> Value { state.exists ? state[field] : change.assigned(field) ?? .null }
        guard let site = named(SupplementField.site).textValue, site == author.site.text, !author.isHub,
            let article = named(SupplementField.article).bytesValue.flatMap({ EntityID(kind: .article, bytes: $0) }),
            change.entity == ArticleBook.supplement(of: SiteID(site), to: article)
        else { return .refuse("A supplement is its branch's own, beside one article. Let the branch write it.") }
        for field in [SupplementField.site, SupplementField.article] where state.exists {
            guard change.assigned(field) == nil else {
                return .refuse("A supplement stays its branch's, beside its article. Write another one.")
            }
        }
        if let problem = problem(in: change.edits, limit: { _ in DeskLimits.supplementLength }) {
            return .refuse("A supplement \(problem). Shorten it.")
        }
        return .admit
    }

    /// It is whole when it comes, and the province's from then on.
    private static func judgeContribution(_ change: Change, before state: EntityState, author: Author) -> Judgement {
        if state.exists {
            guard author.isHub, change.edits.allSatisfy(isAnswer), state[ContributionField.outcome] == .null else {
                return .refuse("A contribution is answered once, by the province. Write another one.")
            }
            return .admit
        }
        let purpose = change.assigned(ContributionField.purpose)?.textValue ?? ""
        guard change.assigned(ContributionField.site) == .text(author.site.text),
            Contribution.Purpose(rawValue: purpose) != nil,
            let due = change.assigned(ContributionField.due)?.integerValue,
            due <= change.stamp.milliseconds + DeskLimits.contributionDueMax,
            let text = change.assigned(ContributionField.text)?.textValue, !text.isEmpty
        else { return .refuse("A contribution is its site's own, with a purpose, a text and a due time. Correct it.") }
        if purpose == Contribution.Purpose.case.rawValue {
            let needed = [ContributionField.title, ContributionField.ticketNumber]
            guard needed.allSatisfy({ change.assigned($0)?.textValue?.isEmpty == false }) else {
                return .refuse("A case has a title and the number of its ticket. Propose it through the desk.")
            }
        }
        let limit = { $0 == ContributionField.text ? DeskLimits.articleTextLength : DeskLimits.articleTitleLength }
        if let problem = problem(in: change.edits, limit: limit) {
            return .refuse("A text of a contribution \(problem). Shorten it.")
        }
        return .admit
    }

    private static func isAnswer(_ edit: Edit) -> Bool {
        switch edit {
        case .assign(let field, _): ContributionField.provinces.contains(field)
        case .note, .seal: true
        default: false
        }
    }

    private static func problem(in edits: [Edit], limit: (Field) -> Int) -> String? {
        for edit in edits {
            switch edit {
            case .assign(let field, .text(let text)), .add(let field, .text(let text)):
                if let problem = DeskLimits.problem(text, longestLength: limit(field)) { return problem.text }
            default: continue
            }
        }
        return nil
    }
}
