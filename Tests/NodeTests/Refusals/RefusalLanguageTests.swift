import Standards
import Testing

@Suite("In which language a node refuses")
struct RefusalLanguageTests {
    private static let chinese = [("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8")]

    private static func hasHan(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    @Test("the same refusal is Chinese for whoever prefers it, and English for everyone else")
    func bothLanguages() throws {
        let hub = try TestNode.hub()
        let path = "/api/tickets/NX-1"
        let english = try hub.get(path)
        #expect(english.status == 404 && english.isProblem)
        #expect(english.json["detail"]?.stringValue?.hasPrefix("There is no ticket of that number") == true)
        #expect(english.headers["content-language"] == "en")
        #expect(english.headers["vary"] == "Accept-Language")
        for header in ["en-GB,en;q=0.9,zh;q=0.8", "fr", "*"] {
            #expect(try hub.get(path, headers: [("Accept-Language", header)]).body == english.body)
        }
        let chinese = try hub.get(path, headers: Self.chinese)
        #expect(chinese.status == 404 && chinese.isProblem)
        #expect(chinese.json["title"] == "未找到")
        #expect(chinese.json["detail"]?.stringValue?.hasPrefix("本站没有这个编号的工单。请核对编号。") == true)
        #expect(chinese.headers["content-language"] == "zh-CN")
        #expect(chinese.headers["vary"] == "Accept-Language")
        #expect(chinese.headers["cache-control"] == "no-store")
    }

    @Test("what is wrong with a form is told field by field, and holds nothing of what was filled in")
    func forms() throws {
        let hub = try TestNode.hub()
        let fields: [String: JSONValue] = ["channel": "张三 13900001234", "colour": "李四"]
        let english = try hub.open("", fields: fields)
        let chinese = try hub.open("", fields: fields, headers: Self.chinese)
        for answer in [english, chinese] {
            #expect(answer.status == 422)
            #expect(answer.json["errors"]?[1]?["code"] == "noOption")
            #expect(!answer.text.contains("张三") && !answer.text.contains("13900001234"))
            #expect(!answer.text.contains("李四"))
        }
        #expect(!Self.hasHan(english.text))
        #expect(chinese.json["errors"]?[1]?["problem"] == "应为以下之一：phone、counter")
        let all = "主题：必填；channel：应为以下之一：phone、counter；colour：不在表单中"
        #expect(chinese.json["detail"] == .string("表单填写有误：\(all)。请更正后重新提交。"))
    }

    @Test("whoever has not signed in, or may not do it, is told so in the page's language")
    func access() throws {
        let hub = try TestNode.hub()
        let stranger = try RawClient.send(port: hub.port, "GET", "/api/tickets", headers: Self.chinese)
        #expect(stranger.status == 401)
        #expect(stranger.headers["www-authenticate"] == "Bearer")
        #expect(stranger.json["detail"]?.stringValue?.hasPrefix("登录已失效或尚未登录。请登录。") == true)
        let wrong = try Visitor.attempt(hub, "无此人", "一二三四 wrong horse", headers: Self.chinese)
        #expect(wrong.status == 401)
        #expect(wrong.json["detail"]?.stringValue?.hasPrefix("姓名或密码不对。请重试；") == true)
        let clerk = try hub.person("王芳", "clerk")
        let refused = try clerk.get("/api/accounts", headers: Self.chinese)
        #expect(refused.status == 403)
        #expect(refused.json["detail"] == "这需要“管理员”权限，您的权限是“坐席”。请联系本站管理员。")
    }

    @Test("the answers of TMF621 are English, and what is no refusal has no language")
    func othersAreLeft() throws {
        let hub = try TestNode.hub()
        let fault = try hub.get(TroubleTicketTests.v5 + "/nothing", headers: Self.chinese)
        #expect(fault.status == 404)
        #expect(!Self.hasHan(fault.text))
        #expect(fault.headers["content-language"] == nil)
        let list = try hub.get("/api/tickets", headers: Self.chinese)
        #expect(list.status == 200)
        #expect(list.headers["content-language"] == nil)
    }

    @Test("the document of the API says that refusals name their language")
    func described() throws {
        let hub = try TestNode.hub()
        let paths = try #require(try hub.get("/openapi.json").json["paths"])
        let headers = { (path: String) in paths[path]?["get"]?["responses"]?["404"]?["headers"] }
        #expect(headers("/api/tickets/{ticket}")?["Content-Language"] != nil)
        #expect(headers(TroubleTicketTests.v5 + "/{id}") == nil)
    }
}
