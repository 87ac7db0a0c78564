import Replication

/// What can be done to a ticket.
public enum TicketAction: Sendable {
    case transition(String, fields: [String: Value])
    case assign([String: Value])
    case note(Note)
    /// Names a file whose content was put in here before.
    case attach(Attachment)
    case offerTransfer(SiteID)
    case acceptTransfer
    case declineTransfer
    /// `amount` in fen.
    case requestRefund(charge: String, amount: Int64, reason: String)
    case settle(ChangeReference)
    /// Does again what a losing or refused change did, as a new change, and settles the conflict.
    case reinstate(ChangeReference)
}
