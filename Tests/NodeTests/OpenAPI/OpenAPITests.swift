import Node
import Standards
import Testing

@Suite struct OpenAPITests {
    @Test("every route that is served is described, and nothing else is")
    func complete() throws {
        let node = try TestNode.hub()
        let document = try node.get("/openapi.json")
        #expect(document.status == 200)
        let paths = try #require(document.json["paths"]?.objectValue)
        let described = Set(
            paths.flatMap { path, methods in (methods.objectValue ?? [:]).keys.map { "\($0.uppercased()) \(path)" } })
        let served = Set(node.routes.map { "\($0.method) \($0.pattern)" })
        #expect(served.subtracting(described).sorted() == [], "describe these in Sources/Node/OpenAPI")
        #expect(described.subtracting(served).sorted() == [], "nothing answers these")
    }

    @Test("each description has a summary, its path's parameters and an answer of success")
    func whole() throws {
        let node = try TestNode.hub()
        let paths = try #require(try node.get("/openapi.json").json["paths"]?.objectValue)
        for (path, methods) in paths {
            for (method, operation) in methods.objectValue ?? [:] {
                let name = "\(method) \(path)"
                #expect(operation["summary"]?.stringValue?.isEmpty == false, "\(name)")
                #expect(operation["tags"]?[0]?.stringValue?.isEmpty == false, "\(name)")
                #expect(operation["responses"]?.objectValue?.keys.contains { $0.hasPrefix("2") } == true, "\(name)")
                let inPath = operation["parameters"]?.arrayValue?.filter { $0["in"] == "path" } ?? []
                #expect(inPath.count == path.count { $0 == "{" }, "\(name)")
            }
        }
    }
}
