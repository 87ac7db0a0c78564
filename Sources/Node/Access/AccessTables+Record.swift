/// The record of sign-ins and of what was done to accounts.
extension AccessTables {
    public func record(_ record: SignInRecord) throws {
        try database.run(
            "INSERT INTO sign_in (time, name, address, outcome, actor) VALUES (?, ?, ?, ?, ?)", record.time,
            record.name, record.address, record.outcome.rawValue, record.actor)
        try database.run(
            "DELETE FROM sign_in WHERE number <= (SELECT max(number) FROM sign_in) - ?", AccessLimits.signInsKept)
    }

    /// Newest first.
    public func records(atMost limit: Int) throws -> [SignInRecord] {
        try database.all("SELECT time, name, address, outcome, actor FROM sign_in ORDER BY number DESC LIMIT ?", limit)
        {
            row in
            SignInRecord.Outcome(rawValue: row.text(3)).map { outcome in
                SignInRecord(
                    time: row.int64(0), name: row.textOrNil(1), address: row.text(2), outcome: outcome,
                    actor: row.textOrNil(4))
            }
        }.compactMap { $0 }
    }
}
