import Replication

/// A ticket as the people who work on it know it.
struct TicketRecord {
    /// Its identifier, as the desk takes it.
    let name: String
    let type: String
    /// The site that opened it, by number; a transfer may have moved it since.
    var home: Int
    /// How many changes people still mean to make.
    var left: Int64
    /// Of a standard with procedures: whether somebody has seen it ended.
    var hasEnded = false
    var votes: [Vote] = []

    /// A vote as it was cast, approvals and vetoes only.
    struct Vote {
        let site: Int
        let isVeto: Bool
        let change: Change
    }
}
