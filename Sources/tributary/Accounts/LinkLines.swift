import Standards

/// A one-time link as it is printed: the only time that it is told.
enum LinkLines {
    static func say(_ answer: JSONValue, at url: String, for name: String?, _ invocation: Invocation) {
        guard let path = answer["link"]?["path"]?.stringValue else { return }
        if invocation.has("json") {
            var link: [String: JSONValue] = ["url": .string(url + path)]
            for member in ["path", "expires"] { link[member] = answer["link"]?[member] ?? .null }
            JSONText.say(["account": answer["account"] ?? .null, "link": .object(link)])
        } else {
            say(path, at: url, for: name)
        }
    }

    /// - Parameter url: the node's address; nil while it has none.
    static func say(_ path: String, at url: String?, for name: String?) {
        let whose = name.map { "for \(PlainText.line($0)) to choose a password" } ?? "that makes an administrator"
        Terminal.say("A link \(whose), good once and for 24 hours:")
        Terminal.say("  \(url ?? "http://ADDRESS:PORT")\(path)")
    }
}
