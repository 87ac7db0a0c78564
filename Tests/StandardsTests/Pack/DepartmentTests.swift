import Standards
import Testing

@Suite("Departments of a pack")
struct DepartmentTests {
    static let wrong: [JSONValue] = [
        "", " 10000", "-1", "10000转8", "１００００", "10000,8", .string(String(repeating: "1", count: 21)), 10_000,
    ]

    /// The sample pack, with a telephone of the first of its two departments.
    private func pack(_ phone: JSONValue) -> [UInt8] {
        PackSamples.changed { members in
            members["departments"] = [PackSamples.named("network", ["phone": phone]), PackSamples.named("quality")]
        }
    }

    @Test("a department's telephone is read as it is written, and may be left out")
    func telephone() throws {
        for phone in ["1", "10000", "10000-8001", "+86 951-500 1234", String(repeating: "1", count: 20)] {
            let read = try #require(StandardPack.check(pack(.string(phone))).0, "\(phone)")
            #expect(read.organisation.departments.map(\.phone) == [phone, nil])
        }
    }

    @Test("a telephone that nobody could dial is refused at its place", arguments: wrong)
    func wrongTelephone(_ phone: JSONValue) {
        let found = PackSamples.problems(pack(phone))
        #expect(found.count == 1 && found[0].hasPrefix("/departments/0/phone "), "\(found)")
    }

    @Test("the schema has it with its length, and does not ask for it")
    func schema() throws {
        let item = try #require(StandardPack.schema["properties"]?["departments"]?["items"])
        #expect(item["properties"]?["phone"]?["maxLength"] == 20)
        #expect(item["required"]?.arrayValue == ["id", "name"])
    }

    @Test("what customers do not call has no telephone: a business, a class of customers")
    func others() {
        let bank = PackSamples.named("bank", ["phone": "10000"])
        let found = PackSamples.problems(PackSamples.changed { $0["customerClasses"] = [bank] })
        #expect(found.count == 1 && found[0].contains("unknown key \"phone\""), "\(found)")
    }
}
