import HTTP
import Standards

/// What `/openapi.json` says of one route. A route that has none, or one that no route answers, fails a test.
struct Operation: Sendable {
    /// How errors look.
    enum Errors: Sendable {
        /// RFC 9457.
        case problem
        /// TMF630.
        case fault
    }

    /// A header that comes with what is answered when all is well.
    enum Header: String, Sendable, CaseIterable {
        case total = "X-Total-Count"
        case count = "X-Result-Count"
        case link = "Link"
        case version = "ETag"
        case location = "Location"

        fileprivate var json: JSONValue {
            switch self {
            case .total: ["description": "How many there are on all pages", "schema": Schemas.number]
            case .count: ["description": "How many this page has", "schema": Schemas.number]
            case .link: ["description": "The first, previous, next and last page", "schema": Schemas.text]
            case .version: ["description": "What was shown, for If-Match", "schema": Schemas.text]
            case .location: ["description": "Where it is from now on", "schema": Schemas.text]
            }
        }
    }

    let method: Method
    let path: String
    let summary: String
    private(set) var tag = ""
    private(set) var errors = Errors.problem
    private(set) var parameters: [JSONValue] = []
    private(set) var body: JSONValue?
    private(set) var answers: [(status: Int, type: String, schema: JSONValue)] = [
        (200, "application/json", Schemas.object)
    ]
    private(set) var headers: [Header] = []
    /// Whether everybody may ask.
    private(set) var isOpen = false

    init(_ method: Method, _ path: String, _ summary: String) {
        self.method = method
        self.path = path
        self.summary = summary
    }

    static func get(_ path: String, _ summary: String) -> Operation { Operation(.get, path, summary) }

    static func post(_ path: String, _ summary: String) -> Operation { Operation(.post, path, summary) }

    private func with(_ change: (inout Operation) -> Void) -> Operation {
        var copy = self
        change(&copy)
        return copy
    }

    /// Of a group of routes.
    func tagged(_ tag: String) -> Operation { with { $0.tag = tag } }

    var openToAll: Operation { with { $0.isOpen = true } }

    var ofTMF: Operation { with { $0.errors = .fault } }

    func query(_ name: String, _ schema: JSONValue = Schemas.text, isRequired: Bool = false) -> Operation {
        with {
            $0.parameters.append(
                ["name": .string(name), "in": "query", "required": .bool(isRequired), "schema": schema])
        }
    }

    func texts(_ names: String...) -> Operation { names.reduce(self) { $0.query($1) } }

    func limit(_ most: Int) -> Operation { query("limit", Schemas.integer(1...most)) }

    func body(_ schema: JSONValue, _ types: String...) -> Operation {
        let types = types.isEmpty ? ["application/json"] : types
        let content = Dictionary(uniqueKeysWithValues: types.map { ($0, JSONValue.object(["schema": schema])) })
        return with { $0.body = ["required": true, "content": .object(content)] }
    }

    func answers(_ status: Int, _ schema: JSONValue = Schemas.object, _ type: String = "application/json") -> Operation
    {
        with { $0.answers = [(status, type, schema)] }
    }

    func orAnswers(_ status: Int, _ schema: JSONValue = Schemas.object, _ type: String = "application/json")
        -> Operation
    {
        with { $0.answers.append((status, type, schema)) }
    }

    func sends(_ headers: Header...) -> Operation { with { $0.headers += headers } }
}

extension Operation {
    /// What the API sends with a refusal.
    private static let language: JSONValue = [
        "Content-Language": [
            "description": "en, or zh-CN where Accept-Language prefers Chinese", "schema": Schemas.text,
        ]
    ]

    /// Statuses of errors; a write has more ways to fail.
    private var failures: [Int] {
        let reads = [400, 401, 403, 404, 409, 422, 503]
        return method == .get ? reads : reads + [412, 413, 415]
    }

    var json: JSONValue {
        let inPath = PathPattern(path).names.map { name -> JSONValue in
            ["name": .string(name), "in": "path", "required": true, "schema": ["type": "string", "minLength": 1]]
        }
        var members: [String: JSONValue] = [
            "summary": .string(summary), "tags": [.string(tag)], "operationId": .string("\(method) \(path)"),
            "responses": .object(responses),
        ]
        if !(inPath + parameters).isEmpty { members["parameters"] = .array(inPath + parameters) }
        if let body { members["requestBody"] = body }
        if isOpen { members["security"] = [] }
        return .object(members)
    }

    private var responses: [String: JSONValue] {
        var responses: [String: JSONValue] = [:]
        if !isOpen {
            let fault = errors == .fault
            let type = fault ? "application/json" : "application/problem+json"
            let schema: JSONValue = ["$ref": fault ? "#/components/schemas/Fault" : "#/components/schemas/Problem"]
            for status in failures {
                var response: [String: JSONValue] = [
                    "description": .string(Status(status).reasonPhrase), "content": .object([type: ["schema": schema]]),
                ]
                if path.hasPrefix("/api/") { response["headers"] = Self.language }
                responses[String(status)] = .object(response)
            }
        }
        for (status, type, schema) in answers {
            var response: [String: JSONValue] = ["description": .string(Status(status).reasonPhrase)]
            var content = responses[String(status)]?["content"]?.objectValue ?? [:]
            if status != 204 {
                content[type] = ["schema": schema]
                response["content"] = .object(content)
            }
            if !headers.isEmpty, (200..<300).contains(status) {
                response["headers"] = .object(
                    Dictionary(uniqueKeysWithValues: headers.map { ($0.rawValue, $0.json) }))
            }
            responses[String(status)] = .object(response)
        }
        return responses
    }
}
