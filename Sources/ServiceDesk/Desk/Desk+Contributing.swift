import Replication
import Standards

/// What sites add to the province's knowledge: what is local, what is wrong, and cases.
extension Desk {
    /// Sets what this branch adds to an article; empty to take it back.
    public func supplement(
        _ text: String, to name: String, key: IdempotencyKey?, in session: inout Session
    ) throws -> Written {
        if let key, let replay = try session.replay(of: key) { return replay }
        let site = session.life.site
        guard !session.life.isHub else {
            throw DeskError(.notAllowed, "A supplement is a branch's.", remedy: "Revise the article instead.")
        }
        let (row, article) = try article(name)
        guard article.isInForce else { throw Self.notInForce }
        if let problem = DeskLimits.problem(text, longestLength: DeskLimits.supplementLength) {
            throw DeskError(
                .invalid, "The supplement \(problem).", remedy: "Shorten it.",
                problems: [.init(field: "text", problem: problem)])
        }
        let id = ArticleBook.supplement(of: site, to: row.id)
        var edits: [Edit] = [
            .assign(SupplementField.text, text.isEmpty ? .null : .text(text)),
            .assign(SupplementField.version, .integer(article.version)),
        ]
        if try store.row(id)?.state.exists != true {
            edits =
                [
                    .create(Creation(label: site.text)), .assign(SupplementField.site, .text(site.text)),
                    .assign(SupplementField.article, .bytes(row.id.bytes)),
                ] + edits
        }
        return try wrote(session.write(Draft(entity: id, edits: edits, actor: actor, key: key), at: now))
    }

    /// Says that an article is wrong or unclear, or proposes a case; the province answers.
    /// - Parameter identifier: 16 bytes for the new entity.
    public func contribute(
        _ new: NewContribution, key: IdempotencyKey?, identifier: [UInt8], in session: inout Session
    ) throws -> Written {
        if let key, let replay = try session.replay(of: key) { return replay }
        guard let id = EntityID(kind: .contribution, bytes: identifier) else {
            throw DeskError(.invalid, "The identifier has not 16 bytes.", remedy: "Correct the caller.")
        }
        var edits: [Edit] = [
            .create(Creation(label: "")), .assign(ContributionField.site, .text(session.life.site.text)),
            .assign(ContributionField.purpose, .text(new.purpose.rawValue)),
            .assign(ContributionField.text, .text(new.text)),
            .assign(ContributionField.due, .integer(now + DeskLimits.contributionDue)),
        ]
        let isCase = new.purpose == .case
        var problems: [DeskError.Problem] = []
        func report(_ field: String, _ problem: Flaw?) {
            if let problem { problems.append(.init(field: field, problem: problem)) }
        }
        report("text", new.text.isEmpty ? .missing : nil)
        report("text", DeskLimits.problem(new.text, longestLength: DeskLimits.articleTextLength))
        report("title", isCase && new.title.isEmpty ? .missing : nil)
        report("title", DeskLimits.problem(new.title, longestLength: DeskLimits.articleTitleLength))
        let unnamed = Flaw("is missing: a case is made of a closed ticket", .required)
        report("ticket", isCase && new.ticket == nil ? unnamed : nil)
        report("article", !isCase && new.article == nil ? .missing : nil)
        guard problems.isEmpty else {
            let all = problems.map { "\($0.field) \($0.problem)" }.joined(separator: "; ")
            throw DeskError(
                .invalid, "The contribution is not right: \(all).", remedy: "Correct these and send it again.",
                problems: problems)
        }
        if isCase, let name = new.ticket {
            let ticket = try closedTicket(name)
            try checkNamesNobody([new.title, new.text], of: ticket)
            edits += [
                .assign(ContributionField.title, .text(new.title)),
                .assign(ContributionField.ticketNumber, .text(ticket.state.creation?.label ?? "")),
                .assign(ContributionField.category, ticket.state[TicketField.category]),
            ]
        } else if let name = new.article {
            let (row, article) = try article(name)
            guard article.isInForce else { throw Self.notInForce }
            edits += [
                .assign(ContributionField.article, .bytes(row.id.bytes)),
                .assign(ContributionField.version, .integer(article.version)),
            ]
        }
        return try wrote(session.write(Draft(entity: id, edits: edits, actor: actor, key: key), at: now))
    }

    /// The province's answer; a case that is accepted becomes a draft.
    /// - Parameter identifier: 16 bytes for the article that is made of it.
    public func answer(
        contribution name: String, _ outcome: Contribution.Outcome, text: String, key: IdempotencyKey?,
        identifier: [UInt8], in session: inout Session
    ) throws -> Written {
        if let key, let replay = try session.replay(of: key) { return replay }
        try requireAuthorship(session.life)
        guard let id = EntityID(kind: .contribution, text: name.lowercased()), let row = try store.row(id),
            row.state.exists, !row.isWithdrawn, let contribution = Contribution(row)
        else {
            throw DeskError(
                .notFound, "There is no contribution of that identifier here.",
                remedy: "List them: GET /api/contributions.")
        }
        guard contribution.outcome == nil else {
            throw DeskError(.wrongState, "It has been answered already.", remedy: "Nothing is to be done.")
        }
        if let problem = DeskLimits.problem(text, longestLength: DeskLimits.articleTitleLength) {
            throw DeskError(
                .invalid, "The answer \(problem).", remedy: "Shorten it.",
                problems: [.init(field: "text", problem: problem)])
        }
        var edits: [Edit] = [
            .assign(ContributionField.outcome, .text(outcome.rawValue)),
            .assign(ContributionField.answeredBy, .text(actor)),
        ]
        if !text.isEmpty { edits.append(.assign(ContributionField.answer, .text(text))) }
        if outcome == .accepted, contribution.purpose == .case {
            var wish = ArticleWish()
            wish.kind = .case
            (wish.title, wish.agent) = (contribution.title, contribution.text)
            try checkNamesNobody(wish.texts, ofTicket: contribution.ticketNumber)
            let (_, pack) = try standard()
            wish.categories = [contribution.category].compactMap { $0 }.filter { pack.category($0) != nil }
            var draft = try self.edits(of: wish, for: nil)
            if let number = contribution.ticketNumber {
                draft.append(.assign(ArticleField.ticketNumber, .text(number)))
            }
            let made = try begin(draft, identifier, nil, in: &session)
            edits.append(.assign(ContributionField.made, .bytes(made.row.id.bytes)))
        }
        return try wrote(session.write(Draft(entity: id, edits: edits, actor: actor, key: key), at: now))
    }

    /// Notes that an article was of use to a ticket.
    func use(_ name: String, _ row: EntityRow) throws -> [Edit] {
        let (_, article) = try article(name)
        guard article.isInForce, let words = article.words else { throw Self.notInForce }
        let used = ArticleUse.all(of: row.state)
        guard !used.contains(where: { $0.article == article.id }) else {
            throw DeskError(.wrongState, "The ticket names that article already.", remedy: "Nothing is to be done.")
        }
        guard used.count < DeskLimits.ticketArticles else {
            throw DeskError(
                .wrongState, "The ticket names \(DeskLimits.ticketArticles) articles already.",
                remedy: "Add a note instead.")
        }
        let use = ArticleUse(article.id, version: article.version, title: words.title)
        return [.add(TicketField.articles, .text(use.text))]
    }

    func closedTicket(_ name: String) throws -> EntityRow {
        let row = try ticket(name)
        let (_, type) = try type(of: row)
        guard let stage = type.state(row.state.stageName), stage.isFinal || stage.status == .resolved else {
            throw DeskError(
                .wrongState, "The ticket is not solved yet.", remedy: "Make a case of it once it is.")
        }
        return row
    }

    /// Checks against the ticket that a case was made of, as far as that is held here.
    func checkNamesNobody(_ texts: [String], ofTicket number: String?) throws {
        guard let number else { return }
        let ticket: EntityRow
        do { ticket = try self.ticket(number) } catch let error as DeskError where error.kind == .notFound { return }
        try checkNamesNobody(texts, of: ticket)
    }

    /// A case is for the whole province, and its ticket's customer is not, however a name or a number is spaced.
    func checkNamesNobody(_ texts: [String], of ticket: EntityRow) throws {
        let (_, type) = try type(of: ticket)
        let personal = type.fields.filter(\.isPersonal).map { FieldNumbers.field($0.id) }
            .filter { ![TicketField.subject, TicketField.description].contains($0) }
        var names = personal.compactMap { ticket.state[$0].textValue }
        let customer = try ticket.state[TicketField.customer].bytesValue
            .flatMap { EntityID(kind: .customer, bytes: $0) }.flatMap { try store.row($0) }
        for field in [CustomerField.name, CustomerField.phone] {
            if let text = customer?.state[field].textValue { names.append(text) }
        }
        let said = texts.map(KnowledgeText.run).joined(separator: " ")
        let isNamed = names.map(KnowledgeText.run).contains { name in
            name.unicodeScalars.count > 1 && said.contains(name)
        }
        guard !isNamed else {
            throw DeskError(
                .invalid, "The case holds what belongs to the ticket's customer.",
                remedy: "Leave out names, numbers and addresses: every branch reads it.",
                problems: [.init(field: "text", problem: "names the customer")])
        }
    }

    private static let notInForce = DeskError(
        .wrongState, "The article is not in force.", remedy: "Choose one that is: GET /api/articles.")
}
