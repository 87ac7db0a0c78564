import Replication
import Standards

/// A customer's grade: as it follows from what is known by the standard in force, or as somebody has set it by hand,
/// with how it came to be.
public struct CustomerGrading: Equatable, Sendable {
    /// A time from which on the grade was another.
    public struct Turn: Equatable, Sendable {
        /// Milliseconds since 1970.
        public let at: Int64
        public let actor: String
        /// Nil while none follows from what is known.
        public let grade: String?
        /// Why, where it was set by hand.
        public let reason: String?
    }

    public let facts: CustomerFacts
    /// By the model; nil when the standard has none.
    public let computed: GradeModel.Result?
    public let turns: [Turn]

    /// The grade that counts, without how it came to be: for lists.
    public static func grade(
        of customer: EntityRow, rules: StandardPack.CustomerRules, at now: Int64
    ) -> String? { CustomerFacts(of: customer.state).grade(by: rules, at: now) }

    /// The grade that counts.
    public var grade: String? { facts.gradeByHand ?? computed?.grade }

    /// - Parameters:
    ///   - rules: of the standard in force.
    ///   - now: province time, in milliseconds.
    public init(of customer: EntityRow, in store: SiteStore, rules: StandardPack.CustomerRules, at now: Int64) throws {
        facts = CustomerFacts(of: customer.state)
        computed = rules.gradeModel?.grade(of: facts.inputs(at: now))
        var turns: [Turn] = []
        var state = EntityState()
        let changes = try store.entries(of: customer.number).map(\.change).sorted { $0.position < $1.position }
        for change in changes {
            Fold.apply(change, to: &state)
            let facts = CustomerFacts(of: state)
            let time = change.stamp.milliseconds
            let grade = facts.gradeByHand ?? rules.gradeModel?.grade(of: facts.inputs(at: time)).grade
            let reason = facts.gradeByHand == nil ? nil : facts.gradeReason
            guard turns.last.map({ $0.grade != grade || $0.reason != reason }) ?? true else { continue }
            turns.append(Turn(at: time, actor: change.actor, grade: grade, reason: reason))
        }
        self.turns = turns
    }
}
