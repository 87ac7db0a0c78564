import Hashing
import Standards

/// `tributary articles import`
enum ArticleImport {
    /// Bytes of a file of articles.
    static let sizeLimit = 16 << 20

    static let command = Command(
        "import", "Brings articles of a JSON file in as drafts, at the hub",
        explanation: [
            "The file holds {\"articles\": […]}, each with title, agent, and as wanted customer, kind, categories and "
                + "keywords. Each is begun as a draft, so that somebody looks at it before it is published; the same "
                + "file again begins nothing twice."
        ],
        parameters: [ParameterRule("FILE", "a JSON file")], options: NodeOptions.writing,
        examples: ["tributary articles import articles.json --data hub"], exits: NodeOptions.exits, action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let path = try invocation.requiredWord("FILE")
        let bytes = try InputFile.bytes(path, limit: sizeLimit)
        func refusal(_ reason: String) -> CommandError {
            CommandError(
                .usage, "use \(path)", reason: reason, remedy: "correct it; `tributary articles import --help` says how"
            )
        }
        let document: JSONValue
        do { document = try JSONValue(parsing: bytes, sizeLimit: sizeLimit) } catch {
            throw refusal(error.description)
        }
        guard let articles = document["articles"]?.arrayValue else { throw refusal("it has no list of articles") }
        let client = try NodeOptions.client(invocation)
        var made: [JSONValue] = []
        for article in articles {
            let name = SHA256.hash(article.bytes()).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            let answer = try client.post("/api/articles", article, key: "articles import " + name.joined()).json
            made.append(answer["article"] ?? .null)
            if !invocation.has("json") {
                Terminal.say(
                    "\(JSONText.value(answer["article"]?["id"]))  \(JSONText.value(answer["article"]?["title"]))")
            }
        }
        if invocation.has("json") { JSONText.say(["articles": .array(made)]) }
        return .done
    }
}
