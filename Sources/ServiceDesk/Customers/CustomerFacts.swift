import Replication
import Standards

/// What is known of a customer: what a grade follows from, the grade that somebody has set by hand, when the contract
/// ends and who looks after it.
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
    /// In milliseconds since 1970.
    public var contractEnds: Int64?
    public var accountManager: String?
    public var serviceManager: String?

    public init() {}

    init(of state: EntityState) {
        customerClass = state[CustomerField.customerClass].textValue
        monthlyFen = state[CustomerField.monthlyFen].integerValue
        since = state[CustomerField.since].integerValue
        arrears = state[CustomerField.arrears].integerValue
        gradeByHand = state[CustomerField.gradeByHand].textValue
        gradeReason = state[CustomerField.gradeReason].textValue
        contractEnds = state[CustomerField.contractEnds].integerValue
        accountManager = state[CustomerField.accountManager].textValue
        serviceManager = state[CustomerField.serviceManager].textValue
    }

    /// The grade that counts.
    func grade(by rules: StandardPack.CustomerRules, at milliseconds: Int64) -> String? {
        gradeByHand ?? rules.gradeModel?.grade(of: inputs(at: milliseconds)).grade
    }

    /// In milliseconds: the mean one of the Gregorian calendar.
    private static let year: Int64 = 31_556_952_000

    /// When the next year as a customer is full, and the grade may be another although nothing has happened; nil where
    /// it does not follow from years.
    func nextYear(after milliseconds: Int64) -> Int64? {
        guard gradeByHand == nil, let since else { return nil }
        return since + (max(0, (milliseconds - since) / Self.year) + 1) * Self.year
    }

    /// What a grade model looks at.
    /// - Parameter milliseconds: the time for which years are counted.
    func inputs(at milliseconds: Int64) -> GradeModel.Inputs {
        let years = since.map { max(0, (milliseconds - $0) / Self.year) } ?? 0
        return GradeModel.Inputs(
            customerClass: customerClass, monthlyFen: Int(clamping: monthlyFen ?? 0), years: Int(clamping: years),
            arrears: Int(clamping: arrears ?? 0))
    }
}
