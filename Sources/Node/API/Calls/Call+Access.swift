import HTTP
import Replication
import Standards

extension Call {
    /// Answers when what was done to accounts, sessions or tokens is on the disk.
    func changeAccess(
        _ name: String, _ job: @escaping @Sendable (AccessTables) throws -> (Response, [AccessChange])
    ) {
        site.changeAccess(name, job) { answer($0) }
    }

    /// A line of the record about an account or a token.
    func record(_ name: String?, _ outcome: SignInRecord.Outcome, by actor: String?) -> SignInRecord {
        SignInRecord(
            time: SystemClock.wall(), name: name, address: identity.address.text, outcome: outcome, actor: actor)
    }
}
