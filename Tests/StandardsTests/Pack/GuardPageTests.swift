import Standards
import Testing

@Suite("The page on standard packs")
struct GuardPageTests {
    @Test("names every guard there is, and no other")
    func guards() throws {
        let text = String(decoding: try ProjectFiles.bytes("Topology/standards/README.md"), as: UTF8.self)
        let table = try #require(text.split(separator: "## Guards").last)
        let rows = table.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let named = rows.flatMap { row in
            row.dropFirst(2).prefix { $0 != "|" }.split(separator: ",").map { $0.filter(\.isLetter) }
        }
        #expect(named.sorted() == GuardName.allCases.map(\.rawValue).sorted())
    }
}
