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

    @Test("each condition that is described of a list of TMF621 is answered, comparisons of times among them")
    func conditions() throws {
        let node = try TestNode.hub()
        let paths = try #require(try node.get("/openapi.json").json["paths"]?.objectValue)
        for list in [TroubleTicketTests.v4, TroubleTicketTests.v5, TroubleTicketTests.v5 + "Specification"] {
            let parameters = try #require(paths[list]?["get"]?["parameters"]?.arrayValue)
            let names = parameters.compactMap { $0["name"]?.stringValue }
            #expect(Set(names).count == names.count, "\(list)")
            for name in names where !["fields", "sort", "offset", "limit"].contains(name) {
                let answer = try node.get("\(list)?\(name)=2026-01-01")
                #expect(answer.status == 200, "\(list) by \(name): \(answer.text)")
            }
            guard !list.hasSuffix("Specification") else { continue }
            for name in ["status", "creationDate.gte", "lastUpdate.lt", "note.author", "relatedParty.role"] {
                #expect(names.contains(name), "\(list) by \(name)")
            }
        }
    }

    @Test("a list of tickets, an export and its map are described with the same filters, and each word is answered")
    func sharedFilters() throws {
        let node = try TestNode.hub()
        let paths = try #require(try node.get("/openapi.json").json["paths"]?.objectValue)
        func described(_ path: String, without own: [String]) throws -> [String: JSONValue] {
            let parameters = try #require(paths[path]?["get"]?["parameters"]?.arrayValue)
            var filters: [String: JSONValue] = [:]
            for parameter in parameters where parameter["in"] == "query" {
                let name = try #require(parameter["name"]?.stringValue)
                #expect(filters[name] == nil, "\(path) by \(name)")
                filters[name] = try #require(parameter["schema"])
            }
            for name in own {
                #expect(filters[name] != nil, "\(path) by \(name)")
                filters[name] = nil
            }
            return filters
        }
        let listed = try described("/api/tickets", without: ["limit", "after"])
        for path in ["/api/export/{subject}", "/api/export/{subject}/map"] {
            #expect(try described(path, without: ["since", "format"]) == listed, "\(path)")
        }
        for name in ["opened", "closed", "announcement"] { #expect(listed[name] != nil, "\(name)") }
        #expect(listed["open"]?["enum"] == ["true"])
        for (name, schema) in listed {
            // What is left empty is not asked for, but it is known.
            for word in [""] + (schema["enum"]?.arrayValue ?? []).compactMap(\.stringValue) {
                let answer = try node.get("/api/tickets?\(name)=\(word)")
                #expect(answer.status == 200, "\(name)=\(word): \(answer.text)")
            }
        }
    }

    @Test("counts, links, places and versions in a header are described where they come, and nowhere else")
    func headers() throws {
        let (_, branch) = try TestNode.pair()
        let document = try branch.get("/openapi.json").json
        let opened = try branch.open()
        let ours = try #require(opened.headers["location"])
        let taken = try branch.post(TroubleTicketTests.v5, TroubleTicketTests.minimal())
        let theirs = try #require(taken.headers["location"])
        let note: JSONValue = ["action": "note", "text": "已回电", "visibility": "internal"]
        let answers: [(path: String, method: String, answer: RawAnswer)] = [
            ("/api/tickets", "post", opened), ("/api/tickets", "get", try branch.get("/api/tickets")),
            ("/api/tickets/{ticket}", "get", try branch.get(ours)),
            ("/api/tickets/{ticket}/actions", "post", try branch.act(ours, note)),
            (TroubleTicketTests.v5, "post", taken),
            (TroubleTicketTests.v5, "get", try branch.get(TroubleTicketTests.v5)),
            (TroubleTicketTests.v5 + "/{id}", "get", try branch.get(theirs)),
        ]
        for (path, method, answer) in answers {
            let response = document["paths"]?[path]?[method]?["responses"]?[String(answer.status)]
            let described = (response?["headers"]?.objectValue ?? [:]).keys.map { $0.lowercased() }
            let sent = Set(answer.headers.keys)
                .intersection(["x-total-count", "x-result-count", "link", "etag", "location"])
            #expect(described.sorted() == sent.sorted(), "\(method) \(path), \(answer.status)")
        }
    }
}
