import Standards

/// "Data as of", under every figure that counts what several sites wrote.
enum AsOfLine {
    /// - Parameter data: what the node answered beside the figures; nil of an older one.
    static func text(_ data: JSONValue?) -> String? {
        guard let data, let sites = data["sites"]?.arrayValue, !sites.isEmpty else { return nil }
        let silent = sites.filter { $0["time"] == .null }.map { JSONText.value($0["site"]) }
        guard silent.isEmpty else {
            return "data as of no time yet: \(silent.joined(separator: ", ")) has not said how far it is"
        }
        let last = sites.filter { $0["time"] == data["time"] }.map { JSONText.value($0["site"]) }
        let behind = sites.count == 1 ? "" : ", as far as \(last.joined(separator: ", ")) was heard"
        return "data as of \(JSONText.value(data["time"]))\(behind)"
    }
}
