import Replication
import Standards

/// What is known of a customer that a grade follows from, and the grade that somebody has set by hand.
public struct CustomerFacts: Equatable, Sendable {
    public var customerClass: String?
    /// Of an average month, in fen.
    public var monthlyFen: Int64?
    /// Since when somebody has been a customer, in milliseconds since 1970.
    public var since: Int64?
    /// Months in arrears among the last twelve.
    public var arrears: Int64?
    public var gradeByHand: String?
    /// Why it was set by hand.
    public var gradeReason: String?

    public init() {}

    init(of state: EntityState) {
        customerClass = state[CustomerField.customerClass].textValue
        monthlyFen = state[CustomerField.monthlyFen].integerValue
        since = state[CustomerField.since].integerValue
        arrears = state[CustomerField.arrears].integerValue
        gradeByHand = state[CustomerField.gradeByHand].textValue
        gradeReason = state[CustomerField.gradeReason].textValue
    }

    /// What a grade model looks at.
    /// - Parameter milliseconds: the time for which years are counted.
    func inputs(at milliseconds: Int64) -> GradeModel.Inputs {
        let year: Int64 = 31_556_952_000
        let years = since.map { max(0, (milliseconds - $0) / year) } ?? 0
        return GradeModel.Inputs(
            customerClass: customerClass, monthlyFen: Int(clamping: monthlyFen ?? 0), years: Int(clamping: years),
            arrears: Int(clamping: arrears ?? 0))
    }
}
