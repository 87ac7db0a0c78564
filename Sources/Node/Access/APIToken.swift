/// What another system shows in place of a password. The token itself is told once, when it is made.
public struct APIToken: Equatable, Sendable {
    /// What every token begins with, so that it is told from the data folder's and found where it was left lying.
    public static let prefix = "trb_"
    public static let secretBytes = 32

    /// Who acts by it.
    public let name: String
    /// SHA-256 of the token.
    public let digest: [UInt8]
    public let scopes: [TokenScope]
    /// In milliseconds since 1970.
    public let made: Int64
    /// Who made it.
    public let maker: String

    public init(name: String, digest: [UInt8], scopes: [TokenScope], made: Int64, maker: String) {
        self.name = name
        self.digest = digest
        self.scopes = scopes
        self.made = made
        self.maker = maker
    }

    public var permission: Permission {
        Permission(scopes.compactMap(\.level).max(), isIntegration: scopes.contains(.integration))
    }
}
