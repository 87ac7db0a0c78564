/// A one-time link as it is printed: the only time that it is told.
enum LinkLines {
    /// - Parameters:
    ///   - url: the node's address; nil while it has none.
    ///   - name: whose link it is; nil for one that makes an administrator.
    static func say(_ path: String, at url: String?, for name: String?) {
        let whose = name.map { "for \(PlainText.line($0)) to choose a password" } ?? "that makes an administrator"
        Terminal.say("A link \(whose), good once and for 24 hours:")
        Terminal.say("  \(url ?? "http://ADDRESS:PORT")\(path)")
    }
}
