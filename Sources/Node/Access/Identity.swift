/// Who calls, as its head has proved.
public struct Identity: Sendable {
    public enum Proof: Sendable {
        /// The data folder's own token, on this machine: who may read the folder may do anything.
        case folder
        case session(AccountSession, csrf: String)
        case token
    }

    /// Who acts, as timelines will show it.
    public let actor: String
    public let permission: Permission
    public let proof: Proof
    public let address: ClientAddress
    /// Nothing else may be done before the password is changed.
    public let mustChangePassword: Bool

    init(
        _ actor: String, _ permission: Permission, _ proof: Proof, _ address: ClientAddress,
        mustChangePassword: Bool = false
    ) {
        self.actor = actor
        self.permission = permission
        self.proof = proof
        self.address = address
        self.mustChangePassword = mustChangePassword
    }

    /// Nil when nobody is signed in: the folder's token and those of other systems are no session.
    public var session: AccountSession? {
        if case .session(let session, _) = proof { return session }
        return nil
    }

    /// - Throws: ``NodeError`` saying what is missing.
    func require(_ requirement: Requirement) throws(NodeError) {
        if mustChangePassword && !requirement.isForNewPassword {
            throw NodeError(
                .refused, "This password was given by somebody else.",
                remedy: "Choose one of your own first: POST /api/session/password.")
        }
        guard permission.opens(requirement) else {
            let held = permission.level.map { "\($0)" } ?? "integration only"
            throw NodeError(
                .refused, "This is for \(requirement), and you are allowed: \(held).",
                remedy: "Ask an administrator of this site for it.")
        }
    }
}
