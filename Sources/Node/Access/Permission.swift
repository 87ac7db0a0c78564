/// What somebody has shown to be allowed.
public struct Permission: Hashable, Sendable {
    /// Nil for a token that opens nothing but the integration's routes.
    public let level: AccessLevel?
    public let isIntegration: Bool

    public init(_ level: AccessLevel?, isIntegration: Bool = false) {
        self.level = level
        self.isIntegration = isIntegration
    }

    public func opens(_ requirement: Requirement) -> Bool {
        if requirement.isForIntegrations && isIntegration { return true }
        return level.map { $0 >= requirement.level } ?? false
    }
}
