import HTTP
import Standards

/// Somebody who has signed in chooses another password. Every other session of the account ends.
enum PasswordChange {
    static func begin(_ call: Call) throws {
        guard let session = call.identity.session else {
            throw NodeError(
                .notNow, "Nobody has signed in by this.", remedy: "Reset it: tributary account set NAME --reset.")
        }
        var reader = try BodyReader(call.request, ["old", "new"])
        let old = reader.text("old", atMost: AccessLimits.openBodyBytes)
        let new = reader.text("new", atMost: AccessLimits.openBodyBytes)
        if reader.problems.isEmpty { Passwords.check(new, of: session.account, "new", &reader) }
        if reader.problems.isEmpty, PasswordRule.normal(old) == PasswordRule.normal(new) {
            reader.report("new", "is the old one")
        }
        try reader.finish()
        let (book, group) = (call.site.access, call.identity.address.group)
        // A page that was left open must not be a way to guess it.
        switch book.beginSignIn(session.account, from: group, at: SystemClock.wall()) {
        case .mustWait(let milliseconds): call.answer(.success(AccessAnswers.wait(milliseconds)))
        case .goesOn(let account):
            let isTaken = call.site.passwords.submit { check(old, new, account, session, call) }
            if !isTaken {
                book.withdrawSignIn(session.account, from: group)
                call.answer(.success(AccessAnswers.busy))
            }
        }
    }

    private static func check(
        _ old: String, _ new: String, _ account: Account?, _ session: AccountSession, _ call: Call
    ) {
        let salt = Secrets.random(bytes: PasswordHash.saltBytes)
        let normal = PasswordRule.normal(old)
        let matches = account?.password.flatMap { normal.utf8.contains(0) ? false : PasswordHash.matches(normal, $0) }
        guard matches == true, let hash = PasswordHash.hash(PasswordRule.normal(new), salt: salt) else {
            return refuse(session, call)
        }
        call.site.changeAccess("password") { tables in
            guard var row = try tables.account(session.account), row.password == account?.password else {
                throw NodeError(.notNow, "The password was changed meanwhile.", remedy: "Sign in with the new one.")
            }
            row.password = hash
            row.mustChangePassword = false
            row.backoff = Backoff()
            try tables.put(row)
            try tables.endSessions(of: row.name, except: session.digest)
            try tables.record(call.record(row.name, .passwordChanged, by: nil))
            return (
                Response(status: .noContent),
                [.account(row), .sessionsEnded(account: row.name, except: session.digest)]
            )
        } completion: { result in
            if case .success = result {
                call.site.access.endSignIn(session.account, from: call.identity.address.group)
            }
            call.answer(result)
        }
    }

    private static func refuse(_ session: AccountSession, _ call: Call) {
        let book = call.site.access
        call.changeAccess("refused password") { tables in
            try tables.record(call.record(session.account, .wrongPassword, by: nil))
            var changes: [AccessChange] = []
            if var row = try tables.account(session.account) {
                row.backoff = book.backoff(of: row.name)
                try tables.put(row)
                changes = [.account(row)]
            }
            let response = Answers.problem(
                .forbidden, detail: "The old password is not right. Type it once more, or ask an administrator.")
            return (response, changes)
        }
    }
}
