import SQLite

/// What the doctor says of who may sign in, and over what.
enum AccessRemarks {
    static func of(_ folder: DataFolder, _ configuration: NodeConfiguration) -> [Doctor.Remark] {
        [accounts(folder), line(configuration)].compactMap { $0 }
    }

    /// Nil while the database is one that an earlier version has made.
    private static func accounts(_ folder: DataFolder) -> Doctor.Remark? {
        guard let database = try? Database(path: folder.database, mode: .readOnly) else { return nil }
        defer { database.close() }
        guard let accounts = try? AccessTables(database).accounts() else { return nil }
        let administrators = accounts.count { $0.canAdminister }
        guard administrators > 0 else {
            return Doctor.Remark(
                subject: "accounts", level: .warning,
                text: "Nobody can administer this site by signing in. Type: tributary account invite --data "
                    + "\(folder.path), and open the link.")
        }
        return Doctor.Remark(
            subject: "accounts", level: .good,
            text: "\(accounts.count), of which \(administrators) can administer the site")
    }

    /// Nil where nobody comes from elsewhere.
    private static func line(_ configuration: NodeConfiguration) -> Doctor.Remark? {
        guard !configuration.listen.hasPrefix("127."), !configuration.isBehindTLS else { return nil }
        return Doctor.Remark(
            subject: "sign-in", level: .warning,
            text: "The site listens on \(configuration.listen) without TLS, so passwords cross the network in clear. "
                + "Put a server that speaks TLS in front of it on this machine, and write \"tls\": true into "
                + "node.json.")
    }
}
