import Standards

/// Accounts, tokens and the record of sign-ins as administrators see them: never what opens anything.
struct AccountView {
    let time: TimeText
    /// By this machine's clock, in milliseconds since 1970.
    let now: Int64

    init(_ site: Site) {
        time = TimeText(site.configuration.timeZone)
        now = SystemClock.wall()
    }

    /// - Parameter sessions: how many go on.
    func json(_ account: Account, sessions: Int) -> JSONValue {
        let wait = account.backoff.wait(at: now, after: Backoff.accountFailures)
        return [
            "name": .string(account.name), "access": .string(account.access.rawValue),
            "hasPassword": .bool(account.password != nil), "mustChangePassword": .bool(account.mustChangePassword),
            "locked": .bool(account.isLocked), "failures": .integer(Int64(account.backoff.failures)),
            "waitsUntil": wait > 0 ? .string(time.text(now + wait)) : .null, "sessions": .integer(Int64(sessions)),
            "made": .string(time.text(account.made)),
        ]
    }

    func json(_ token: APIToken) -> JSONValue {
        [
            "name": .string(token.name), "scopes": .array(token.scopes.map { .string($0.rawValue) }),
            "made": .string(time.text(token.made)), "maker": .string(token.maker),
        ]
    }

    func json(_ record: SignInRecord) -> JSONValue {
        [
            "at": .string(time.text(record.time)), "name": record.name.map { .string($0) } ?? .null,
            "address": .string(record.address), "outcome": .string(record.outcome.rawValue),
            "by": record.actor.map { .string($0) } ?? .null,
        ]
    }

    /// A link that was just made: the only time that its key is told.
    func link(_ key: String, for name: String?) -> JSONValue {
        [
            "path": .string(Invitation.path(key, name)),
            "expires": .string(time.text(now + AccessLimits.linkMilliseconds)),
        ]
    }
}
