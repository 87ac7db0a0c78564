import HTTP
import Hashing
import Replication
import Standards

/// One attempt to sign in with a name and a password.
struct SignIn: Sendable {
    let call: OpenCall
    let name: String
    let password: String

    /// What is checked when there is no password to check, so that it takes the same time.
    private static let decoy = PasswordHash.hash(
        Secrets.hex(Secrets.random(bytes: 16)), salt: Secrets.random(bytes: PasswordHash.saltBytes))

    static func begin(_ call: OpenCall) throws {
        var reader = try BodyReader(call.request, ["name", "password"])
        let name = reader.text("name", atMost: AccessLimits.openBodyBytes)
        let password = reader.text("password", atMost: AccessLimits.openBodyBytes)
        try reader.finish()
        // What cannot be a name or a password is nobody's, and is told no sooner.
        let attempt = SignIn(
            call: call, name: PersonName.checked(name) ?? "", password: PasswordRule.normal(password))
        attempt.begin()
    }

    private func begin() {
        let book = call.site.access
        switch book.beginSignIn(name, from: call.address.group, at: SystemClock.wall()) {
        case .mustWait(let milliseconds): call.answer(.success(AccessAnswers.wait(milliseconds)))
        case .goesOn(let account):
            guard call.site.passwords.submit({ check(account) }) else {
                book.withdrawSignIn(name, from: call.address.group)
                return call.answer(.success(AccessAnswers.busy))
            }
        }
    }

    /// Checks a password whoever is meant.
    private func check(_ account: Account?) {
        let decoy = Self.decoy
        guard let hash = account?.password ?? decoy,
            let matches = password.utf8.contains(0) ? false : PasswordHash.matches(password, hash)
        else {
            call.site.access.withdrawSignIn(name, from: call.address.group)
            return call.answer(.success(AccessAnswers.busy))
        }
        guard let account, account.password != nil, matches, !account.isLocked else {
            return refuse(account, because: outcome(account, matches))
        }
        enter(account)
    }

    private func outcome(_ account: Account?, _ matches: Bool) -> SignInRecord.Outcome {
        guard let account else { return .unknownName }
        return matches && account.password != nil ? .closed : .wrongPassword
    }

    /// The answer does not wait for the record: that takes longer for an account than for nobody.
    private func refuse(_ account: Account?, because outcome: SignInRecord.Outcome) {
        let (site, address, time) = (call.site, call.address.text, SystemClock.wall())
        site.changeAccess("refused sign-in") { tables in
            guard let account, var row = try tables.account(account.name) else {
                try tables.record(SignInRecord(time: time, name: nil, address: address, outcome: .unknownName))
                return ((), [])
            }
            row.backoff = site.access.backoff(of: row.name)
            try tables.put(row)
            try tables.record(SignInRecord(time: time, name: row.name, address: address, outcome: outcome))
            if row.backoff.failures == Backoff.accountFailures {
                try tables.record(SignInRecord(time: time, name: row.name, address: address, outcome: .lockedOut))
            }
            return ((), [.account(row)])
        }
        call.answer(.success(AccessAnswers.refused))
    }

    private func enter(_ account: Account) {
        let now = SystemClock.wall()
        call.site.changeAccess("sign-in") { tables in
            // Meanwhile it may have been removed, closed or given another password.
            guard var row = try tables.account(account.name), row.password == account.password, !row.isLocked else {
                return (AccessAnswers.refused, [])
            }
            row.backoff = Backoff()
            try tables.put(row)
            try tables.record(
                SignInRecord(time: now, name: row.name, address: call.address.text, outcome: .signedIn))
            let (response, changes) = try NewSession(call).open(row, in: tables, at: now)
            return (response, [.account(row)] + changes)
        } completion: { result in
            if case .success(let response) = result, response.status == .ok {
                call.site.access.endSignIn(account.name, from: call.address.group)
            }
            call.answer(result)
        }
    }
}
