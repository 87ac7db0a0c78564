import Hashing
import Replication

extension EntityKind {
    /// A published standard pack; its identifier is the digest of its content.
    public static var standard: EntityKind { EntityKind(rawValue: 3) }
    public static var ticket: EntityKind { EntityKind(rawValue: 16) }
    public static var customer: EntityKind { EntityKind(rawValue: 17) }
    /// What a branch settles for itself beside the standard; its identifier follows from the branch.
    public static var overlay: EntityKind { EntityKind(rawValue: 18) }
    /// Who holds which role at a site; its identifier follows from the site.
    public static var staff: EntityKind { EntityKind(rawValue: 19) }
    /// What a branch may pay out by itself.
    public static var allowance: EntityKind { EntityKind(rawValue: 21) }
    /// A circuit that is leased or run; its identifier follows from its number.
    public static var circuit: EntityKind { EntityKind(rawValue: 20) }
    /// What the province says to everybody who asks about a disturbance.
    public static var announcement: EntityKind { EntityKind(rawValue: 22) }
}

/// The fields of a published standard.
public enum StandardField {
    public static var version: Field { Field(rawValue: 1) }
    /// The pack's JSON, as published.
    public static var document: Field { Field(rawValue: 2) }
    /// When it takes effect, in milliseconds since 1970.
    public static var effective: Field { Field(rawValue: 3) }
}

/// The fields of a branch's overlay.
public enum OverlayField {
    public static var site: Field { Field(rawValue: 1) }
    /// The overlay's JSON, as settled.
    public static var document: Field { Field(rawValue: 2) }
}

/// The fields of a site's roster; the roles themselves are holdings.
public enum StaffField {
    public static var site: Field { Field(rawValue: 1) }
}

/// The fields of an allowance; payments are requests that its owner has answered by paying.
public enum AllowanceField {
    public static var site: Field { Field(rawValue: 1) }
    /// The database that may spend it, as the bits of its origin.
    public static var origin: Field { Field(rawValue: 2) }
    /// What the charges that it covers begin with.
    public static var prefix: Field { Field(rawValue: 3) }
    /// Set by the province, which wants it back.
    public static var recalled: Field { Field(rawValue: 4) }
    /// Set by its owner: it spends no more of it.
    public static var returned: Field { Field(rawValue: 5) }
    /// Set by the province: its owner will not come back.
    public static var writtenOff: Field { Field(rawValue: 6) }
    /// The set of charges that it does not cover, since somebody had asked for them before.
    public static var taken: Field { Field(rawValue: 32) }
    /// What was granted in all, in fen: a count.
    public static var granted: Field { Field(rawValue: 33) }

    static let all = [site, origin, prefix, recalled, returned, writtenOff, taken, granted]
    static let provinces = [site, origin, prefix, recalled, writtenOff, taken, granted]
}

/// The fields of a circuit. It names its customer and says nothing of it: who may see the one may not see the other.
public enum CircuitField {
    /// As ``CircuitNumber`` writes it.
    public static var number: Field { Field(rawValue: 1) }
    /// Where it begins and ends, in words.
    public static var endA: Field { Field(rawValue: 2) }
    public static var endZ: Field { Field(rawValue: 3) }
    public static var route: Field { Field(rawValue: 4) }
    /// The identifier of the customer that has it.
    public static var customer: Field { Field(rawValue: 5) }
    /// How well it is protected, in the words of the standard.
    public static var grade: Field { Field(rawValue: 6) }
    /// The department that maintains it, in the words of the standard, and the team in those of the branch.
    public static var department: Field { Field(rawValue: 7) }
    public static var team: Field { Field(rawValue: 8) }
    public static var accessClass: Field { Field(rawValue: 9) }
    public static var business: Field { Field(rawValue: 10) }
    /// Whether it is out of service for good.
    public static var isRetired: Field { Field(rawValue: 11) }
    /// The set of branches at whose places it ends or through which it runs: those that hold it and may change it.
    public static var sites: Field { Field(rawValue: 32) }
}

/// The fields of a customer.
public enum CustomerField {
    public static var name: Field { Field(rawValue: 1) }
    public static var phone: Field { Field(rawValue: 2) }
    /// What kind of customer it is, in the words of the standard.
    public static var customerClass: Field { Field(rawValue: 3) }
    /// The revenue of an average month, in fen.
    public static var monthlyFen: Field { Field(rawValue: 4) }
    /// Since when somebody has been a customer, in milliseconds since 1970.
    public static var since: Field { Field(rawValue: 5) }
    /// Months in arrears among the last twelve.
    public static var arrears: Field { Field(rawValue: 6) }
    /// The grade that somebody has set by hand, and why; null where it follows from the facts.
    public static var gradeByHand: Field { Field(rawValue: 7) }
    public static var gradeReason: Field { Field(rawValue: 8) }
    /// When the contract runs out, in milliseconds since 1970.
    public static var contractEnds: Field { Field(rawValue: 9) }
    /// Who looks after a group customer: named on each of its orders.
    public static var accountManager: Field { Field(rawValue: 10) }
    public static var serviceManager: Field { Field(rawValue: 11) }
    /// The set of sites that may see the customer: kept by the hub as it admits tickets that name the customer.
    public static var sites: Field { Field(rawValue: 32) }
}

/// The fields that every ticket has, whatever its type; a form's own fields are numbered by ``FieldNumbers``.
public enum TicketField {
    public static var type: Field { Field(rawValue: 1) }
    public static var subject: Field { Field(rawValue: 2) }
    public static var description: Field { Field(rawValue: 3) }
    /// The branch that owns the ticket: exactly one at any time.
    public static var home: Field { Field(rawValue: 4) }
    /// The branch to which the owner has offered it; null when it is not on offer.
    public static var transferTo: Field { Field(rawValue: 5) }
    public static var customer: Field { Field(rawValue: 6) }
    public static var category: Field { Field(rawValue: 7) }
    public static var assignee: Field { Field(rawValue: 8) }
    /// The digest of the standard that it was opened under.
    public static var pack: Field { Field(rawValue: 9) }
    /// When it was opened where it came from, in milliseconds; the creation's stamp when null.
    public static var openedAt: Field { Field(rawValue: 10) }
    /// Where an imported ticket came from, and its key there.
    public static var source: Field { Field(rawValue: 11) }
    public static var sourceKey: Field { Field(rawValue: 12) }
    /// Marked for the province's attention (挂牌督办): the province's to set.
    public static var isSupervised: Field { Field(rawValue: 13) }
    /// Of a ticket from an event log: the number of the last state that was brought in, and when that was, in
    /// milliseconds.
    public static var sourceVersion: Field { Field(rawValue: 14) }
    public static var sourceTime: Field { Field(rawValue: 15) }
    /// What its source knew of it and no field of ours takes: a JSON object of texts, in canonical form.
    public static var sourceColumns: Field { Field(rawValue: 16) }
    /// The department that has the ticket, in the words of its standard.
    public static var department: Field { Field(rawValue: 17) }
    /// The department that it was handed to and that has not accepted it yet; null when none has to.
    public static var handOverTo: Field { Field(rawValue: 18) }
    /// The hub while the province has taken the ticket; null otherwise. The province's to set, so that there is one
    /// owner at any time: it, or else ``home``.
    public static var heldBy: Field { Field(rawValue: 19) }
    /// Why its branch wants the province to take it; null when it does not.
    public static var escalation: Field { Field(rawValue: 20) }
    /// The ticket that this one was opened for.
    public static var parent: Field { Field(rawValue: 21) }
    /// The round of a review; 1 when null.
    public static var round: Field { Field(rawValue: 22) }
    /// The set of branches that help.
    public static var collaborators: Field { Field(rawValue: 32) }
    /// How often the customer has asked to hurry (催单): a count.
    public static var expedites: Field { Field(rawValue: 33) }
    /// The set of articles that were of use, each as ``ArticleUse`` writes it.
    public static var articles: Field { Field(rawValue: 34) }
}
