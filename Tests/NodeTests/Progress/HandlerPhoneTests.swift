import Node
import Standards
import Testing

@Suite("Whom a customer may call about its ticket")
struct HandlerPhoneTests {
    /// Publishes the project's own standard under another version, with a telephone of the front office and of nobody
    /// else, and has the branch hear of it.
    private func publish(_ version: String, phone: String?, _ hub: TestNode, _ branch: TestNode) throws {
        let document = try hub.get("/api/standards/2027.1").json["standard"]?["document"]
        var members = try #require(document?.objectValue)
        members["version"] = .string(version)
        let departments = members["departments"]?.arrayValue ?? []
        members["departments"] = .array(
            departments.map { department in
                guard department["id"] == "frontOffice", case .object(var department) = department else {
                    return department
                }
                department["phone"] = phone.map { .string($0) }
                return .object(department)
            })
        #expect(try hub.post("/api/standards", .object(members)).status == 201)
        try TestExchange(hub: hub, branch: branch).sync()
        try branch.waitUntilLater(than: hub)
    }

    private func phone(_ customer: CustomerAtPage) throws -> JSONValue? {
        try customer.look().json["progress"]?["handler"]?["phone"]
    }

    @Test("a customer is shown the telephone of the department that has its ticket, and none where that has none")
    func shown() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        try publish("2028.1", phone: "10000-1", hub, branch)
        let customer = try CustomerAtPage(at: branch)
        let handler = try customer.look().json["progress"]?["handler"]
        #expect(handler?["department"]?["zh"] == "前台" && handler?["phone"] == "10000-1")
        try customer.step("accept")
        try customer.step("dispatchNetwork")
        let next = try customer.look().json["progress"]?["handler"]
        #expect(next?["department"]?["zh"] == "网络维护" && next?["phone"] == .null)
    }

    @Test("a number that comes, changes or goes does so for the tickets of earlier standards too")
    func changed() throws {
        let (hub, branch) = try TestNode.pairByProvince()
        let customer = try CustomerAtPage(at: branch)
        #expect(try phone(customer) == .null)
        try publish("2028.1", phone: "10000-1", hub, branch)
        #expect(try phone(customer) == "10000-1")
        try publish("2028.2", phone: "10000-2", hub, branch)
        #expect(try phone(customer) == "10000-2")
        try publish("2028.3", phone: nil, hub, branch)
        #expect(try phone(customer) == .null)
    }
}
