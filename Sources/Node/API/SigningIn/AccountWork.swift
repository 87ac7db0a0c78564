import HTTP
import Replication
import Standards

/// What an administrator does with one account.
struct AccountWork: Sendable {
    let call: Call
    let name: String

    /// The password in a body, checked; nil when there is none.
    static func password(_ reader: inout BodyReader, of name: String) throws -> String? {
        guard reader.has("password") else { return nil }
        let password = reader.text("password", atMost: AccessLimits.openBodyBytes)
        if reader.problems.isEmpty { Passwords.check(password, of: name, "password", &reader) }
        return password
    }

    /// Makes an account, with a password that must be changed, or with a one-time link.
    func make(_ access: AccessLevel, password: String?) {
        hashed(password) { make(access, hash: $0) }
    }

    private func make(_ access: AccessLevel, hash: String?) {
        let (view, site) = (AccountView(call.site), call.site)
        call.changeAccess("account") { tables in
            try NewAccount.check(name, in: tables)
            let account = Account(
                name: name, access: access, password: hash, mustChangePassword: hash != nil, made: view.now)
            try tables.put(account)
            try tables.record(call.record(name, .accountMade, by: call.actor))
            var members: [String: JSONValue] = ["account": view.json(account, sessions: 0)]
            if hash == nil {
                let origin = try site.store(tables.database).life().origin
                members["link"] = view.link(
                    try tables.invite(name, origin: origin, at: view.now), for: name)
            }
            return (Answers.json(.object(members), status: .created), [.account(account)])
        }
    }

    func change(_ wish: AccountWish) {
        hashed(wish.password) { change(wish, hash: $0) }
    }

    private func change(_ wish: AccountWish, hash: String?) {
        let (view, site) = (AccountView(call.site), call.site)
        call.changeAccess("account") { tables in
            var account = try known(tables)
            if let access = wish.access { account.access = access }
            if let locked = wish.locked { account.isLocked = locked }
            if wish.resets || hash != nil {
                account.password = hash
                account.mustChangePassword = hash != nil
            }
            if wish.forgives { account.backoff = Backoff() }
            if !account.canAdminister { try requireOther(tables) }
            try tables.put(account)
            var changes: [AccessChange] = [.account(account)]
            if wish.forgives { changes.append(.forgiven(name)) }
            if wish.endsSessions {
                try tables.endSessions(of: name)
                try tables.removeInvitations(of: name)
                changes.append(.sessionsEnded(account: name, except: nil))
            }
            try tables.record(call.record(name, .accountChanged, by: call.actor))
            var members: [String: JSONValue] = [
                "account": view.json(
                    account, sessions: wish.endsSessions ? 0 : site.access.sessionCount(of: name, at: view.now))
            ]
            if wish.resets {
                let origin = try site.store(tables.database).life().origin
                members["link"] = view.link(
                    try tables.invite(name, origin: origin, at: view.now), for: name)
            }
            return (Answers.json(.object(members)), changes)
        }
    }

    func remove() {
        call.changeAccess("account removed") { tables in
            _ = try known(tables)
            try requireOther(tables)
            try tables.removeAccount(name)
            try tables.record(call.record(name, .accountRemoved, by: call.actor))
            return (Response(status: .noContent), [.accountRemoved(name)])
        }
    }

    private func known(_ tables: AccessTables) throws -> Account {
        guard let account = try tables.account(name) else {
            throw NodeError(
                .notFound, "This site has no such account.", remedy: "List them: GET /api/accounts.")
        }
        return account
    }

    /// A site that nobody can administer any more could only be helped on its own machine.
    private func requireOther(_ tables: AccessTables) throws {
        guard try known(tables).canAdminister, !(try tables.hasOtherAdministrator(than: name)) else { return }
        throw NodeError(
            .notNow, "This is the last account that can administer the site.",
            remedy: "Make another administrator first.")
    }

    private func hashed(_ password: String?, _ next: @escaping @Sendable (String?) -> Void) {
        guard let password else { return next(nil) }
        Passwords.hash(password, at: call.site, answer: call.answer) { next($0) }
    }
}
