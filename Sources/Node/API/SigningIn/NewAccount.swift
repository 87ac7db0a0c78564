/// What an account must be before it is made.
enum NewAccount {
    /// - Throws: ``NodeError`` when the name is taken or there are too many accounts.
    static func check(_ name: String, in tables: AccessTables) throws {
        guard !(try tables.isTaken(name)) else {
            throw NodeError(
                .notNow, "An account or a token of this site acts under that name already.", remedy: "Choose another.")
        }
        guard try tables.accounts().count < AccessLimits.accounts else {
            throw NodeError(
                .notNow, "This site has \(AccessLimits.accounts) accounts, which is the most.",
                remedy: "Remove one that is no longer used: tributary account list.")
        }
    }
}
