/// What a committed transaction did to accounts, sessions and tokens.
public enum AccessChange: Sendable {
    case account(Account)
    case accountRemoved(String)
    /// Failures to sign in count no longer.
    case forgiven(String)
    case session(AccountSession)
    case sessionEnded([UInt8])
    case sessionsEnded(account: String, except: [UInt8]?)
    case token(APIToken)
    case tokenRemoved(String)
}
