/// The tokens of other systems.
extension AccessTables {
    /// By name.
    public func tokens() throws -> [APIToken] {
        try database.all("SELECT name, digest, scopes, made, maker FROM api_token ORDER BY name") { row in
            let scopes = row.text(2).split(separator: " ").compactMap { TokenScope(rawValue: String($0)) }
            return APIToken(
                name: row.text(0), digest: row.blob(1), scopes: scopes, made: row.int64(3), maker: row.text(4))
        }
    }

    public func put(_ token: APIToken) throws {
        try database.run(
            "INSERT INTO api_token VALUES (?, ?, ?, ?, ?)", token.name, token.digest,
            token.scopes.map(\.rawValue).joined(separator: " "), token.made, token.maker)
    }

    /// - Returns: whether there was one.
    public func removeToken(_ name: String) throws -> Bool {
        try database.run("DELETE FROM api_token WHERE name = ?", name) > 0
    }

    /// Whether an account or a token acts under this name.
    public func isTaken(_ name: String) throws -> Bool {
        try account(name) != nil || tokens().contains { $0.name == name }
    }
}
