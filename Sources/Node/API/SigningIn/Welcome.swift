import HTTP
import Replication
import Standards

/// Somebody uses a one-time link: chooses a password, makes an account if the link is the first administrator's, and is
/// signed in.
struct Welcome: Sendable {
    let call: OpenCall
    let digest: [UInt8]
    /// Nil when it was left out; only the first administrator's link needs one.
    let name: String?

    static func begin(_ call: OpenCall) throws {
        var reader = try BodyReader(call.request, ["key", "name", "password"])
        let key = reader.word("key")
        let name = reader.text("name", atMost: AccessLimits.openBodyBytes, isOptional: true)
        let password = reader.text("password", atMost: AccessLimits.openBodyBytes)
        try reader.finish()
        let welcome = Welcome(
            call: call, digest: Secrets.hash(key), name: name.isEmpty ? nil : PersonName.checked(name) ?? "")
        // Before the password is looked at: what is wrong with it is nobody's business who has no link.
        let invitation = try call.site.read { try welcome.invitation(AccessTables($0.database), $0) }
        let account = try welcome.accountName(invitation)
        Passwords.check(password, of: account, "password", &reader)
        try reader.finish()
        Passwords.hash(password, at: call.site, answer: call.answer) { welcome.enter($0) }
    }

    private func invitation(_ tables: AccessTables, _ store: SiteStore) throws -> Invitation {
        guard let invitation = try tables.invitation(digest), invitation.expires > SystemClock.wall(),
            invitation.origin == (try store.life().origin)
        else {
            throw NodeError(
                .refused, "This link is unknown, was used, has expired or was replaced by another.",
                remedy: "Ask an administrator of this site for a new one, or make it there: tributary account invite.")
        }
        return invitation
    }

    private func accountName(_ invitation: Invitation) throws -> String {
        if let invited = invitation.account {
            guard name == nil || name == invited else {
                throw NodeError(.refused, "This link is for another name.", remedy: "Leave the name as it was given.")
            }
            return invited
        }
        guard let name, !name.isEmpty else {
            throw NodeError(.badRequest, "The name \(PersonName.rule).", remedy: "Choose the one timelines will show.")
        }
        return name
    }

    private func enter(_ hash: String) {
        let now = SystemClock.wall()
        call.site.changeAccess("welcome") { tables in
            let invitation = try invitation(tables, call.site.store(tables.database))
            var account = try account(of: invitation, in: tables, at: now)
            account.password = hash
            account.mustChangePassword = false
            account.backoff = Backoff()
            try tables.put(account)
            try tables.removeInvitations(of: invitation.account)
            try tables.endSessions(of: account.name)
            try tables.record(
                SignInRecord(time: now, name: account.name, address: call.address.text, outcome: .welcomed))
            let (response, changes) = try NewSession(call).open(account, in: tables, at: now)
            return (
                response,
                [.account(account), .forgiven(account.name), .sessionsEnded(account: account.name, except: nil)]
                    + changes
            )
        } completion: {
            call.answer($0)
        }
    }

    private func account(of invitation: Invitation, in tables: AccessTables, at now: Int64) throws -> Account {
        let name = try accountName(invitation)
        if invitation.account != nil {
            guard let account = try tables.account(name) else {
                throw NodeError(.refused, "This account was removed.", remedy: "Ask an administrator for another.")
            }
            return account
        }
        try NewAccount.check(name, in: tables)
        return Account(name: name, access: .administrator, made: now)
    }
}
