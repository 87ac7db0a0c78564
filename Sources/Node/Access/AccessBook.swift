import Hashing
import Replication
import Synchronization

/// Accounts, sessions and tokens in memory, as they were last committed: who calls is asked of every request, before a
/// byte of its body is kept, where nothing may wait for the disk.
public final class AccessBook: Sendable {
    private struct State {
        var accounts: [String: Account] = [:]
        var sessions: [[UInt8]: AccountSession] = [:]
        var tokens: [[UInt8]: APIToken] = [:]
        /// When the last use of a session was last written down.
        var noted: [[UInt8]: Int64] = [:]
        var throttle = SignInThrottle()
    }

    private let state = Mutex(State())

    public init() {}

    /// Takes what a database holds.
    /// - Parameter origin: the database's own; sessions of another life of it are nobody's, and all are when it is nil.
    public func load(_ tables: AccessTables, origin: OriginID?) throws {
        let (accounts, sessions, tokens) = (try tables.accounts(), try tables.sessions(), try tables.tokens())
        state.withLock { state in
            state = State()
            for account in accounts { Self.apply(.account(account), to: &state) }
            for session in sessions where session.origin == origin { Self.apply(.session(session), to: &state) }
            for token in tokens { Self.apply(.token(token), to: &state) }
        }
    }

    /// To be called in the order of the commits.
    public func apply(_ changes: [AccessChange]) {
        state.withLock { state in
            for change in changes { Self.apply(change, to: &state) }
        }
    }

    private static func apply(_ change: AccessChange, to state: inout State) {
        switch change {
        case .account(let account):
            if state.accounts[account.name] == nil { state.throttle.remember(account.name, account.backoff) }
            state.accounts[account.name] = account
        case .accountRemoved(let name):
            state.accounts[name] = nil
            state.throttle.forgive(name)
            apply(.sessionsEnded(account: name, except: nil), to: &state)
        case .forgiven(let name): state.throttle.forgive(name)
        case .session(let session):
            state.sessions[session.digest] = session
            state.noted[session.digest] = session.seen
        case .sessionEnded(let digest):
            state.sessions[digest] = nil
            state.noted[digest] = nil
        case .sessionsEnded(let name, let kept):
            for session in state.sessions.values where session.account == name && session.digest != kept {
                apply(.sessionEnded(session.digest), to: &state)
            }
        case .token(let token): state.tokens[token.digest] = token
        case .tokenRemoved(let name): state.tokens = state.tokens.filter { $0.value.name != name }
        }
    }

    /// Whose session a cookie names, if it goes on; its idle time begins anew.
    public func session(_ token: String, at now: Int64) -> (session: AccountSession, account: Account)? {
        let digest = SHA256.hash(Array(token.utf8))
        return state.withLock { state in
            guard var session = state.sessions[digest], let account = state.accounts[session.account],
                !account.isLocked, !session.hasEnded(at: now)
            else { return nil }
            session.seen = max(session.seen, now)
            state.sessions[digest] = session
            return (session, account)
        }
    }

    /// Whether the last use of a session is to be written down now.
    public func takeNote(of session: AccountSession) -> Bool {
        state.withLock { state in
            guard let noted = state.noted[session.digest], session.seen >= noted + AccessLimits.seenMilliseconds else {
                return false
            }
            state.noted[session.digest] = session.seen
            return true
        }
    }

    public func token(_ token: String) -> APIToken? {
        let digest = SHA256.hash(Array(token.utf8))
        return state.withLock { $0.tokens[digest] }
    }

    /// Whether what somebody has shown earlier is still good.
    public func knows(_ identity: Identity, at now: Int64) -> Bool {
        state.withLock { state in
            switch identity.proof {
            case .folder: return true
            case .token: return state.tokens.values.contains { $0.name == identity.actor }
            case .session(let shown, _):
                guard let session = state.sessions[shown.digest], !session.hasEnded(at: now) else { return false }
                return state.accounts[session.account]?.isLocked == false
            }
        }
    }

    public func sessionCount(of account: String, at now: Int64) -> Int {
        state.withLock { state in
            state.sessions.values.count { $0.account == account && !$0.hasEnded(at: now) }
        }
    }

    /// How an attempt to sign in begins.
    public enum Attempt: Sendable {
        /// Milliseconds that are to be waited first.
        case mustWait(Int64)
        /// Nil for the name of nobody: a password is checked all the same.
        case goesOn(Account?)
    }

    public func beginSignIn(_ name: String, from address: String, at now: Int64) -> Attempt {
        state.withLock { state in
            let account = state.accounts[name]
            let wait = state.throttle.begin(name, isKnown: account != nil, from: address, at: now)
            return wait.map { .mustWait($0) } ?? .goesOn(account)
        }
    }

    public func endSignIn(_ account: String, from address: String) {
        state.withLock { $0.throttle.succeed(account, from: address) }
    }

    /// The attempt was not judged, for want of room.
    public func withdrawSignIn(_ name: String, from address: String) {
        state.withLock { state in
            state.throttle.withdraw(name, isKnown: state.accounts[name] != nil, from: address)
        }
    }

    public func backoff(of account: String) -> Backoff { state.withLock { $0.throttle.backoff(of: account) } }
}
