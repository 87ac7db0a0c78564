import Replication
import ServiceDesk
import Testing

@Suite("Contributions to the knowledge")
struct ContributionTests {
    @discardableResult
    private func contribute(
        _ purpose: Contribution.Purpose, in province: DeskProvince, at site: DeskSite,
        _ change: (inout NewContribution) -> Void
    ) throws -> EntityID {
        province.now += 1_000
        var new = NewContribution(purpose)
        change(&new)
        let (asked, identifier) = (new, province.newIdentifier())
        return try site.session {
            try site.desk(at: province.now).contribute(asked, key: nil, identifier: identifier, in: &$0).row.id
        }
    }

    @discardableResult
    private func answer(
        _ contribution: EntityID, _ outcome: Contribution.Outcome, in province: DeskProvince, at site: DeskSite? = nil
    ) throws -> Contribution? {
        province.now += 1_000
        let (site, identifier) = (site ?? province.hub, province.newIdentifier())
        return try site.session {
            Contribution(
                try site.desk(at: province.now).answer(
                    contribution: contribution.text, outcome, text: "已处理", key: nil, identifier: identifier, in: &$0
                ).row)
        }
    }

    private func open(at site: DeskSite) throws -> [Contribution] { try ContributionQuery().list(in: site.store) }

    /// A complaint that is solved.
    private func solved(in province: DeskProvince, at site: DeskSite) throws -> EntityID {
        let ticket = try province.open(
            "fault", at: site,
            [
                "subject": .text("光缆中断"), "customerName": .text("王小明"), "contactPhone": .text("138 0000 0000"),
            ], category: "faultCable")
        let steps: [(String, [String: Value])] = [
            ("accept", [:]), ("dispatch", ["assignedTeam": .text("一班")]),
            ("locate", ["faultLocation": .text("杆 12"), "faultCause": .text("断纤")]),
            ("repair", ["resolution": .text("熔接")]),
        ]
        for (step, fields) in steps { try province.take(step, ticket, at: site, fields) }
        return ticket
    }

    @Test("K1: what a branch says is wrong is a task at the hub with a due time, until the province answers")
    func feedback() throws {
        let province = try FlowProvince.made()
        let article = try ArticleTests.published(in: province)
        try province.converge()
        let site = province.yinchuan
        let said = try contribute(.wrong, in: province, at: site) {
            $0.article = article.text
            $0.text = "速率已调整"
        }
        let time = province.now
        try province.converge()
        for place in [site, province.hub] {
            let task = try #require(try open(at: place).first)
            #expect(task.id == said && task.article == article && task.version == 1)
            #expect(task.due == time + DeskLimits.contributionDue)
        }
        #expect(try open(at: province.guyuan).isEmpty)
        #expect(deskError { try answer(said, .accepted, in: province, at: site) }?.kind == .notAllowed)
        try province.force([.assign(ContributionField.outcome, .text("accepted"))], on: said, at: site)
        try province.force([.assign(ContributionField.text, .text("改口"))], on: said, at: site)
        try province.converge()
        #expect(try province.refusals(of: said, at: site).count == 2)
        try answer(said, .accepted, in: province)
        try province.converge()
        for place in [site, province.hub] { #expect(try open(at: place).isEmpty) }
        #expect(try province.value(ContributionField.answer, of: said, at: site) == .text("已处理"))
        #expect(deskError { try answer(said, .refused, in: province) }?.kind == .wrongState)
        let later = try ["速率", "资费"].map { text in
            try contribute(.unclear, in: province, at: site) { ($0.article, $0.text) = (article.text, text) }
        }
        try province.converge()
        try answer(later[1], .refused, in: province)
        var query = ContributionQuery()
        query.withAnswered = true
        #expect(try query.list(in: province.hub.store).map(\.id) == [later[0], later[1], said])
        try province.checkDatabases()
    }

    @Test("A6: a solved ticket becomes a case that is proposed, accepted as a draft, and published by the province")
    func makesCase() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try solved(in: province, at: site)
        let proposal = try contribute(.case, in: province, at: site) {
            ($0.ticket, $0.title, $0.text) = (ticket.text, "光缆被挖断", "先派抢修，再逐户回访。")
        }
        try province.converge()
        let made = try #require(try answer(proposal, .accepted, in: province)?.made)
        let draft = try #require(try ArticleBook.article(made, in: province.hub.store))
        #expect(draft.kind == .case && draft.state == .draft && draft.categories == ["faultCable"])
        #expect(draft.ticketNumber == (try province.number(ticket, at: site)))
        try ArticleTests.take(.submit, made, in: province)
        try ArticleTests.take(.publish, made, in: province)
        try province.converge()
        var query = ArticleQuery()
        (query.kind, query.search) = (.case, "抢修")
        #expect(try query.list(in: province.guyuan.store).map(\.id) == [made])
        try province.checkAgreement()
        try province.checkDatabases()
    }

    @Test("a case names nobody, and is made of nothing that is still open")
    func personal() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try solved(in: province, at: site)
        let named = deskError {
            try contribute(.case, in: province, at: site) {
                ($0.ticket, $0.title, $0.text) = (ticket.text, "断纤", "王小明家断纤")
            }
        }
        #expect(named?.problems.map(\.field) == ["text"])
        #expect(named?.description.contains("王小明") == false)
        let numbered = deskError {
            try contribute(.case, in: province, at: site) {
                ($0.ticket, $0.title, $0.text) = (ticket.text, "断纤", "回电 13800-000000 告知")
            }
        }
        #expect(numbered?.problems.map(\.field) == ["text"])
        let open = try province.open("fault", at: site, ["subject": .text("断")], category: "faultCable")
        let early = deskError {
            try contribute(.case, in: province, at: site) {
                ($0.ticket, $0.title, $0.text) = (open.text, "断纤", "熔接")
            }
        }
        #expect(early?.kind == .wrongState)
        #expect(
            deskError { try contribute(.case, in: province, at: site) { _ in } }?.problems.map(\.field)
                == ["text", "title", "ticket"])
    }

    @Test("a case names nobody in its keywords, in a revision, or as a proposal that another software sent")
    func personalAtHub() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try solved(in: province, at: site)
        try province.converge()
        let keyword = deskError {
            try ArticleTests.draft(in: province) { ($0.ticket, $0.keywords) = (ticket.text, ["王 小明"]) }
        }
        #expect(keyword?.kind == .invalid)
        let article = try ArticleTests.draft(in: province) { $0.ticket = ticket.text }
        var wish = ArticleWish()
        wish.agent = "回电 138-0000-0000"
        #expect(deskError { try ArticleTests.take(.revise(wish), article, in: province) }?.kind == .invalid)
        let forged = try #require(EntityID(kind: .contribution, bytes: province.newIdentifier()))
        let nameless = try #require(EntityID(kind: .contribution, bytes: province.newIdentifier()))
        let number = try province.number(ticket, at: site)
        let edits: [Edit] = [
            .create(Creation(label: "")), .assign(ContributionField.site, .text(site.id.text)),
            .assign(ContributionField.purpose, .text("case")), .assign(ContributionField.text, .text("王小明家断纤")),
            .assign(ContributionField.due, .integer(province.now)), .assign(ContributionField.title, .text("断纤")),
        ]
        try province.force(
            edits + [.assign(ContributionField.ticketNumber, .text(number))], on: forged, at: site)
        try province.force(edits, on: nameless, at: site)
        try province.converge()
        #expect(try province.refusals(of: nameless, at: site).count == 1, "a case is of a ticket")
        #expect(deskError { try answer(forged, .accepted, in: province) }?.kind == .invalid)
        try answer(forged, .refused, in: province)
        var query = ArticleQuery()
        query.filter = .all
        #expect(try query.list(in: province.hub.store).map(\.id) == [article])
    }

    @Test("A6: tickets solved at first contact are compared with and without an article")
    func compared() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let article = try ArticleTests.published(in: province)
        try province.converge()
        let begin = province.now
        let (with, hurried) = (try solved(in: province, at: site), try solved(in: province, at: site))
        try province.act(.useArticle(article.text), on: with, at: site)
        try province.act(.expedite(""), on: hurried, at: site)
        try province.open("fault", at: site, ["subject": .text("断")], category: "faultCable")
        let found = try KnowledgeUse.compare(
            opened: begin..<province.now + 1, in: site.store, shelf: PackShelf())
        #expect(found.with.solved == 1 && found.with.atFirstContact == 1)
        #expect(found.without.solved == 1 && found.without.atFirstContact == 0)
        #expect(!found.isCut)
    }
}
