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
    /// To a department of the standard, which has the ticket once it accepts.
    case handOver(to: String, reason: String)
    case acceptHandOver
    case returnHandOver(reason: String)
    /// The customer asks to hurry.
    case expedite(String)
    /// Asks the province to take the ticket over.
    case escalate(reason: String)
    /// The province's: it owns the ticket from then on, until it gives it back.
    case take
    case giveBack(reason: String)
    /// The province's: it marks the ticket for its attention (挂牌督办), or lifts the mark.
    case supervise(Bool, reason: String)
    /// The province's: moves a ticket to another branch, which is not asked.
    case reassign(to: SiteID, reason: String)
    /// How far a step within the work is, with what is to be said about it.
    case step(String, StepState, text: String)
    /// A department's vote in a review's open round.
    case vote(department: String, Vote.Choice, reason: String)
    /// Names branches that help, and others that no longer do (协办).
    case share(adding: [SiteID], removing: [SiteID])
    /// Adds texts to a set of the form, and takes others away from it.
    case change(String, adding: [String], removing: [String])
    /// Notes that an article was of use.
    case useArticle(String)
    case settle(ChangeReference)
    /// Does again what a losing or refused change did, as a new change, and settles the conflict.
    case reinstate(ChangeReference)
}
