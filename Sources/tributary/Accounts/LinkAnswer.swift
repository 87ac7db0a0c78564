import Standards

/// What a node has answered that made a one-time link.
enum LinkAnswer {
    static func say(_ answer: JSONValue, at url: String, for name: String?, _ invocation: Invocation) {
        guard let path = answer["link"]?["path"]?.stringValue else { return }
        guard invocation.has("json") else { return LinkLines.say(path, at: url, for: name) }
        var link: [String: JSONValue] = ["url": .string(url + path)]
        for member in ["path", "expires"] { link[member] = answer["link"]?[member] ?? .null }
        JSONText.say(["account": answer["account"] ?? .null, "link": .object(link)])
    }
}
