/// What a route asks of whoever calls it.
public struct Requirement: Hashable, Sendable, CustomStringConvertible {
    /// Who has at least this level may come.
    public let level: AccessLevel
    /// A token of the integration's scope may come too.
    public let isForIntegrations: Bool
    /// Open also to whoever must change the password before anything else.
    let isForNewPassword: Bool

    private init(_ level: AccessLevel, isForIntegrations: Bool = false, isForNewPassword: Bool = false) {
        self.level = level
        self.isForIntegrations = isForIntegrations
        self.isForNewPassword = isForNewPassword
    }

    /// One's own session: for whoever may do anything at all.
    public static let ownSession = Requirement(.observer, isForNewPassword: true)
    public static let observer = Requirement(.observer)
    public static let clerk = Requirement(.clerk)
    public static let supervisor = Requirement(.supervisor)
    public static let administrator = Requirement(.administrator)
    /// A route of `/tmf-api` that writes: for integrations, and for whoever works on tickets.
    public static let integration = Requirement(.clerk, isForIntegrations: true)
    /// A route of `/tmf-api` that only reads: for integrations, and for whoever reads.
    public static let integrationReading = Requirement(.observer, isForIntegrations: true)

    /// As listings of routes show it.
    public var description: String { isForIntegrations ? "\(level) or integration" : "\(level)" }
}
