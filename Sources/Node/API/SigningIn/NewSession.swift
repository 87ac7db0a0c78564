import HTTP
import Hashing
import Replication

/// Opens a session for somebody who has just been recognised.
struct NewSession: Sendable {
    let call: OpenCall

    init(_ call: OpenCall) { self.call = call }

    func open(
        _ account: Account, in tables: AccessTables, at now: Int64
    ) throws -> (Response, [AccessChange]) {
        let token = Secrets.hex(Secrets.random(bytes: SessionCookie.tokenBytes))
        let store = call.site.store(tables.database)
        let session = AccountSession(
            digest: Secrets.hash(token), account: account.name, origin: try store.life().origin, made: now, seen: now)
        let ended = try tables.add(session)
        let identity = Identity(
            account.name, Permission(account.access), .session(session, csrf: SessionCookie.csrf(token)),
            call.address, mustChangePassword: account.mustChangePassword)
        let response = Answers.json(
            try SessionView.json(identity, call.site.configuration, store),
            headers: [("Set-Cookie", SessionCookie.setting(token, isSecure: call.isSecure))])
        return (response, ended.map { .sessionEnded($0) } + [.session(session)])
    }
}
