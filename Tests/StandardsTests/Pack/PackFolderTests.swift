import Standards
import Testing

@Suite("A pack in a folder")
struct PackFolderTests {
    private func file(_ name: String, _ members: [String: JSONValue]) -> PackFolder.File {
        PackFolder.File(name: name, bytes: JSONValue.object(members).bytes())
    }

    private var files: [PackFolder.File] {
        let lists = ["ticketTypes", "limits"]
        let types = PackSamples.members["ticketTypes"]?.arrayValue ?? []
        let limits = PackSamples.members["limits"] ?? .null
        return [
            file("types/b.json", ["ticketTypes": [types[1]]]),
            file("types/a.json", ["ticketTypes": [types[0]], "limits": limits]),
            file("pack.json", PackSamples.members.filter { !lists.contains($0.key) }),
        ]
    }

    @Test("is what one file with the same parts is, in whatever order its files are read")
    func same() throws {
        let result = PackFolder.check(files)
        #expect(result.findings == [])
        #expect(result.document == PackSamples.changed { _ in })
        #expect(PackFolder.check(files.reversed()).document == result.document)
        #expect(PackFolder.check(result.document).pack == result.pack)
    }

    @Test("names the file and the place in it of whatever is wrong")
    func places() {
        var wrong = files
        let type: JSONValue = ["id": "b", "name": PackSamples.name]
        wrong[0] = file("types/b.json", ["ticketTypes": [type]])
        let paths = PackFolder.check(wrong).findings.map(\.path)
        #expect(paths.contains("types/b.json#/ticketTypes/0/states"))
        #expect(!paths.contains { $0.contains("a.json#/ticketTypes/0/states") })
    }

    @Test("says which two files say the same")
    func twice() {
        let findings = PackFolder.check(files + [file("z.json", ["version": "2.0"])]).findings
        #expect(findings.map(\.description) == ["z.json#/version: stands in pack.json too; keep one of them"])
    }

    @Test("names the file that is no JSON")
    func torn() {
        let findings = PackFolder.check(files + [.init(name: "z.json", bytes: Array("{".utf8))]).findings
        #expect(findings.map(\.path) == ["z.json"])
    }

    @Test("a pack over its size is refused before it is read")
    func size() {
        let bytes = [UInt8](repeating: 0x20, count: 50 << 20)
        #expect(StandardPack.check(bytes).1.first?.problem.contains("the limit is 4194304") == true)
    }
}
