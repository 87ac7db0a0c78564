import Node
import Standards
import Testing

@Suite struct AccessRemarksTests {
    private func remark(_ subject: String, at node: TestNode) throws -> Doctor.Remark? {
        try Doctor.examine(node.site.folder).first { $0.subject == subject }
    }

    private func configure(_ node: TestNode, _ change: (inout NodeConfiguration) -> Void) throws {
        var configuration = try NodeConfiguration(folder: node.site.folder)
        change(&configuration)
        try node.site.folder.replace(node.site.folder.configuration, with: configuration.json.bytes())
    }

    @Test("the doctor says when nobody can administer a site by signing in")
    func accounts() throws {
        let hub = try TestNode.hub()
        #expect(try remark("accounts", at: hub)?.level == .warning)
        _ = try hub.post("/api/accounts", ["name": "new", "access": "administrator"])
        _ = try hub.person("王芳", "supervisor")
        #expect(try remark("accounts", at: hub)?.level == .warning)
        _ = try hub.administrator()
        let good = try remark("accounts", at: hub)
        #expect(good?.level == .good && good?.text == "3, of which 1 can administer the site")
    }

    @Test("the doctor says when passwords would cross the network in clear")
    func line() throws {
        let hub = try TestNode.hub()
        #expect(try remark("sign-in", at: hub) == nil)
        try configure(hub) { $0.listen = "0.0.0.0:7070" }
        #expect(try remark("sign-in", at: hub)?.level == .warning)
        try configure(hub) { $0.isBehindTLS = true }
        #expect(try NodeConfiguration(folder: hub.site.folder).isBehindTLS)
        #expect(try remark("sign-in", at: hub) == nil)
    }
}
