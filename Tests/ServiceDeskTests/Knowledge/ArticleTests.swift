import Replication
import ServiceDesk
import Standards
import Testing

@Suite("Articles")
struct ArticleTests {
    static func wish(_ change: (inout ArticleWish) -> Void = { _ in }) -> ArticleWish {
        var wish = ArticleWish()
        wish.title = "宽带测速不达标"
        wish.agent = "先核对资费速率，再请客户网线直连测速。"
        wish.customer = "请用网线连接光猫后再测一次。"
        wish.categories = ["faultBroadband"]
        wish.keywords = ["测速", "网速慢"]
        change(&wish)
        return wish
    }

    @discardableResult
    static func draft(
        in province: DeskProvince, at site: DeskSite? = nil, _ change: (inout ArticleWish) -> Void = { _ in }
    ) throws -> EntityID {
        province.now += 1_000
        let (site, wish, identifier) = (site ?? province.hub, wish(change), province.newIdentifier())
        return try site.session {
            try site.desk(at: province.now).draft(wish, key: nil, identifier: identifier, in: &$0).row.id
        }
    }

    static func take(
        _ step: ArticleStep, _ article: EntityID, in province: DeskProvince, at site: DeskSite? = nil
    ) throws {
        province.now += 1_000
        let site = site ?? province.hub
        _ = try site.session {
            try site.desk(at: province.now).take(step, with: article.text, shown: nil, key: nil, in: &$0)
        }
    }

    @discardableResult
    static func published(
        in province: DeskProvince, _ change: (inout ArticleWish) -> Void = { _ in }
    ) throws -> EntityID {
        let article = try draft(in: province, change)
        try take(.submit, article, in: province)
        try take(.publish, article, in: province)
        return article
    }

    private func list(at site: DeskSite, _ change: (inout ArticleQuery) -> Void = { _ in }) throws -> [Article] {
        var query = ArticleQuery()
        change(&query)
        return try query.list(in: site.store)
    }

    @Test("K1: what the hub publishes is found at every branch by two characters, and no draft is")
    func reaches() throws {
        let province = try FlowProvince.made()
        let article = try Self.published(in: province)
        try Self.draft(in: province) { $0.title = "未发布的测速口径" }
        try province.converge()
        for site in province.sites {
            #expect(try list(at: site).map(\.id) == [article])
            #expect(try list(at: site) { $0.search = "直连" }.map(\.id) == [article])
            #expect(try list(at: site) { $0.search = "直连 光猫" }.map(\.id) == [article])
            #expect(try list(at: site) { $0.search = "直连 账单" }.isEmpty)
            #expect(try list(at: site) { $0.search = "网 ！！" }.isEmpty, "no word is left to look for")
            #expect(try list(at: site) { $0.lineage = ["broadbandSpeedFault", "faultBroadband"] }.count == 1)
            #expect(try list(at: site) { $0.lineage = ["faultVoice"] }.isEmpty)
        }
        try province.checkAgreement()
        try province.checkDatabases()
    }

    @Test("K1: a revision leaves what is in force until it is published, and a past version is still told")
    func revised() throws {
        let province = try FlowProvince.made()
        let article = try Self.published(in: province)
        var change = ArticleWish()
        change.agent = "新口径"
        try Self.take(.revise(change), article, in: province)
        try province.converge()
        let site = province.guyuan
        #expect(try list(at: site).first?.words?.agent.hasPrefix("先核对") == true)
        try Self.take(.submit, article, in: province)
        try Self.take(.giveBack(reason: "再改"), article, in: province)
        #expect(deskError { try Self.take(.publish, article, in: province) }?.kind == .wrongState)
        try Self.take(.submit, article, in: province)
        try Self.take(.publish, article, in: province)
        try province.converge()
        let now = try #require(try list(at: site).first)
        #expect(now.version == 2 && now.words?.agent == "新口径" && now.draft == nil)
        #expect(now.words?.customer == "请用网线连接光猫后再测一次。")
        let past = try #require(try ArticleBook.words(of: article, version: 1, in: site.store))
        #expect(past.words.agent.hasPrefix("先核对"))
        #expect(try ArticleBook.words(of: article, version: 3, in: site.store) == nil)
        try province.checkDatabases()
    }

    @Test("K2: a branch cannot publish or change wording: refused at its desk, and at admission where it is forged")
    func branch() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let article = try Self.published(in: province)
        try province.converge()
        #expect(deskError { try Self.draft(in: province, at: site) }?.kind == .notAllowed)
        #expect(
            deskError { try Self.take(.withdraw(reason: "x"), article, in: province, at: site) }?.kind == .notAllowed)
        try province.force(
            [.assign(ArticleField.agent, .text("可以全额退费")), .assign(ArticleField.version, .integer(2))], on: article,
            at: site)
        let forged = try #require(EntityID(kind: .article, bytes: province.newIdentifier()))
        try province.force(
            [
                .create(Creation(label: "")), .assign(ArticleField.kind, .text("article")),
                .assign(ArticleField.state, .text("published")), .assign(ArticleField.version, .integer(1)),
                .assign(ArticleField.title, .text("本地口径")), .assign(ArticleField.agent, .text("可以全额退费")),
            ], on: forged, at: site)
        try province.converge()
        for place in province.sites {
            #expect(try list(at: place).map(\.id) == [article])
            #expect(try list(at: place).first?.words?.agent.hasPrefix("先核对") == true)
        }
        #expect(try province.refusals(of: article, at: site).count == 1)
        #expect(try province.refusals(of: forged, at: site).count == 1)
        try province.checkDatabases()
    }

    @Test("K2: a supplement is its branch's and the hub's, stands beside the province's words, and can be taken back")
    func supplement() throws {
        let province = try FlowProvince.made()
        let article = try Self.published(in: province)
        try province.converge()
        let site = province.yinchuan
        func add(_ text: String, at site: DeskSite) throws {
            province.now += 1_000
            _ = try site.session {
                try site.desk(at: province.now).supplement(text, to: article.text, key: nil, in: &$0)
            }
        }
        try add("本市夜间请转八班。", at: site)
        try province.converge()
        for place in [site, province.hub] {
            let found = try ArticleBook.supplements(to: article, in: place.store)
            #expect(found.map(\.text) == ["本市夜间请转八班。"] && found.first?.site == site.id)
        }
        #expect(try ArticleBook.supplements(to: article, in: province.guyuan.store).isEmpty)
        #expect(deskError { try add("x", at: province.hub) }?.kind == .notAllowed)
        let name = ArticleBook.supplement(of: province.guyuan.id, to: article)
        try province.force(
            [
                .create(Creation(label: "")), .assign(SupplementField.site, .text(province.guyuan.id.text)),
                .assign(SupplementField.article, .bytes(article.bytes)), .assign(SupplementField.text, .text("假")),
            ], on: name, at: site)
        try add("", at: site)
        try province.converge()
        #expect(try province.refusals(of: name, at: site).count == 1)
        for place in province.sites {
            #expect(try ArticleBook.supplements(to: article, in: place.store).isEmpty)
        }
        try province.checkDatabases()
    }

    @Test("K3: what is typed leads by its keywords to the articles, the most telling first; the category adds its own")
    func matches() throws {
        let province = try FlowProvince.made()
        let slow = try Self.published(in: province)
        let fee = try Self.published(in: province) {
            ($0.title, $0.keywords, $0.categories) = ("重复扣费", ["扣费", "多扣"], ["faultVoice"])
        }
        try Self.draft(in: province) { $0.title = "未发布" }
        try province.converge()
        func find(_ text: String, _ category: String? = nil) throws -> [ArticleMatch] {
            let lineage = try category.map { try FlowProvince.standard().lineage(of: $0) } ?? []
            return try ArticleMatch.find(text, lineage: lineage, limit: 5, in: province.guyuan.store)
        }
        #expect(try find("客户说网速慢，测速不够").map(\.article.id) == [slow])
        #expect(try find("客户说网速慢，测速不够").first?.keywords == ["测速", "网速慢"])
        #expect(try find("多扣了，网速慢").map(\.article.id) == [slow, fee])
        #expect(try find("多扣了", "broadbandSpeedFault").map(\.article.id).sorted() == [slow, fee].sorted())
        #expect(try find("一切正常").isEmpty)
        #expect(try find("-").isEmpty)
    }

    @Test("K1: an article that was withdrawn is found no longer, and still told by the ticket that names it")
    func withdrawn() throws {
        let province = try FlowProvince.made()
        let article = try Self.published(in: province)
        try province.converge()
        let site = province.yinchuan
        let ticket = try province.open("complaint", at: site, ["subject": .text("网速慢")])
        try province.act(.useArticle(article.text), on: ticket, at: site)
        #expect(deskError { try province.act(.useArticle(article.text), on: ticket, at: site) }?.kind == .wrongState)
        try Self.take(.withdraw(reason: "已过时"), article, in: province)
        try province.converge()
        for place in [site, province.hub] {
            #expect(try list(at: place).isEmpty)
            let use = try #require(ArticleUse.all(of: try province.row(ticket, at: place).state).first)
            #expect(use.article == article && use.version == 1 && use.title == "宽带测速不达标")
            let words = try ArticleBook.words(of: use.article, version: use.version, in: place.store)
            #expect(words?.words.agent.hasPrefix("先核对") == true)
        }
        let other = try province.open("complaint", at: site, ["subject": .text("网速慢")])
        #expect(deskError { try province.act(.useArticle(article.text), on: other, at: site) }?.kind == .wrongState)
        #expect(deskError { try Self.take(.submit, article, in: province) }?.kind == .wrongState)
        try province.checkAgreement()
        try province.checkDatabases()
    }

    @Test("what is wrong with one is said all at once, and every limit holds where it is named")
    func limits() throws {
        let province = try FlowProvince.made()
        func fields(_ change: (inout ArticleWish) -> Void) -> [String]? {
            deskError { try Self.draft(in: province, change) }?.problems.map(\.field)
        }
        func text(_ length: Int) -> String { String(repeating: "字", count: length) }
        #expect(fields { ($0.title, $0.agent) = (nil, "") } == ["title", "agent"])
        #expect(fields { $0.title = text(101) } == ["title"])
        #expect(fields { $0.agent = text(10_001) } == ["agent"])
        #expect(fields { $0.customer = text(10_001) } == ["customer"])
        #expect(fields { $0.categories = ["nothing"] } == ["categories"])
        let known = try FlowProvince.standard().categories.map(\.id)
        #expect(fields { $0.categories = Array(known.prefix(21)) } == ["categories"])
        #expect(fields { $0.keywords = ["一"] } == ["keywords"])
        #expect(fields { $0.keywords = ["！！！"] } == ["keywords"])
        #expect(fields { $0.keywords = [text(21)] } == ["keywords"])
        #expect(fields { $0.keywords = (0...30).map { "关键\($0)" } } == ["keywords"])
        try Self.draft(in: province) {
            ($0.title, $0.agent, $0.customer) = (text(100), text(10_000), text(10_000))
            $0.keywords = (0..<29).map { "关键\($0)" } + [text(20)]
            $0.categories = Array(known.prefix(20))
        }
    }

    @Test("a ticket names 20 articles, a supplement has 2,000 characters, and there are 2,000 articles: no more")
    func counts() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let articles = try (0...DeskLimits.ticketArticles).map { _ in try Self.published(in: province) }
        try province.converge()
        let ticket = try province.open("complaint", at: site, ["subject": .text("网速慢")])
        for article in articles.dropLast() { try province.act(.useArticle(article.text), on: ticket, at: site) }
        let oneMore = deskError { try province.act(.useArticle(articles[20].text), on: ticket, at: site) }
        #expect(oneMore?.kind == .wrongState)
        func add(_ length: Int) throws {
            let text = String(repeating: "字", count: length)
            _ = try site.session {
                try site.desk(at: province.now).supplement(text, to: articles[0].text, key: nil, in: &$0)
            }
        }
        try add(DeskLimits.supplementLength)
        #expect(deskError { try add(DeskLimits.supplementLength + 1) }?.problems.map(\.field) == ["text"])
        for _ in articles.count..<DeskLimits.articles { try Self.draft(in: province) }
        #expect(deskError { try Self.draft(in: province) }?.kind == .wrongState)
        try Self.take(.withdraw(reason: "过时"), articles[0], in: province)
        try Self.draft(in: province)
    }

    @Test("a ticket names at most twice what one desk lets it, and only articles, whatever a branch sends")
    func admission() throws {
        let province = try FlowProvince.made()
        let site = province.yinchuan
        let ticket = try province.open("complaint", at: site, ["subject": .text("网速慢")])
        let most = UInt64(2 * DeskLimits.ticketArticles)
        let uses = (0...most).map { index in
            let use = ArticleUse(EntityID(kind: .article, high: 1, low: index), version: 1, title: "网速慢")
            return Edit.add(TicketField.articles, .text(use.text))
        }
        try province.force(Array(uses.dropLast()), on: ticket, at: site)
        try province.force([uses[uses.count - 1]], on: ticket, at: site)
        try province.force([.add(TicketField.articles, .text("x"))], on: ticket, at: site)
        try province.converge()
        #expect(try province.refusals(of: ticket, at: site).count == 2)
        #expect(ArticleUse.all(of: try province.row(ticket, at: province.hub).state).count == Int(most))
    }

    @Test("articles, supplements, contributions and the use of one are things of protocol 3")
    func level() {
        func level(_ kind: EntityKind, _ edit: Edit) -> UInt16 {
            let change = Change(
                origin: OriginID(raw: 1), sequence: 1, stamp: Stamp(milliseconds: 1),
                entity: EntityID(kind: kind, high: 1, low: 1), edits: [edit])
            return change.levelNeeded(DeskDomain().levels)
        }
        for kind in [EntityKind.article, .supplement, .contribution] {
            #expect(level(kind, .assign(Field(rawValue: 1), .null)) == 3)
        }
        #expect(level(.ticket, .add(TicketField.articles, .text("x"))) == 3)
    }
}
