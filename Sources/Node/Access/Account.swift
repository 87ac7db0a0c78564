/// Somebody who may sign in at this site. Accounts are local: each site has its own, and none needs the line.
public struct Account: Equatable, Sendable {
    public let name: String
    public var access: AccessLevel
    /// As ``PasswordHash`` makes it; nil until the one-time link was used.
    public var password: String?
    /// The password is somebody else's choice: until it is changed, nothing else can be done.
    public var mustChangePassword: Bool
    /// An administrator has closed it.
    public var isLocked: Bool
    public var backoff: Backoff
    /// In milliseconds since 1970.
    public let made: Int64

    public init(
        name: String, access: AccessLevel, password: String? = nil, mustChangePassword: Bool = false,
        isLocked: Bool = false, backoff: Backoff = Backoff(), made: Int64
    ) {
        self.name = name
        self.access = access
        self.password = password
        self.mustChangePassword = mustChangePassword
        self.isLocked = isLocked
        self.backoff = backoff
        self.made = made
    }

    /// Whether somebody can administer the node by it.
    public var canAdminister: Bool { access == .administrator && password != nil && !isLocked }
}
