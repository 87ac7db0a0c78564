/// One line of the record of sign-ins and of what was done to accounts.
public struct SignInRecord: Equatable, Sendable {
    public enum Outcome: String, CaseIterable, Sendable {
        case signedIn = "signed in"
        case signedOut = "signed out"
        case wrongPassword = "wrong password"
        /// The last of several: further ones are refused for a while, and not recorded.
        case lockedOut = "locked out"
        case closed = "account is closed"
        /// No account of that name. The name is not kept: it may be a password typed into the wrong field.
        case unknownName = "unknown name"
        case passwordChanged = "password changed"
        case welcomed = "password chosen by link"
        case accountMade = "account made"
        case accountChanged = "account changed"
        case accountRemoved = "account removed"
        case linkMade = "link made"
        case tokenMade = "token made"
        case tokenRemoved = "token removed"
    }

    /// In milliseconds since 1970, by this machine's clock.
    public let time: Int64
    /// An account's or a token's name; nil when it was none.
    public let name: String?
    public let address: String
    public let outcome: Outcome
    /// Who did it to the account, when it was another.
    public let actor: String?

    public init(time: Int64, name: String?, address: String, outcome: Outcome, actor: String? = nil) {
        self.time = time
        self.name = name
        self.address = address
        self.outcome = outcome
        self.actor = actor
    }
}
