/// What somebody has to say of the knowledge.
public struct NewContribution: Sendable {
    public var purpose: Contribution.Purpose
    /// The article that is wrong or unclear.
    public var article: String?
    /// The closed ticket that a case is made of, by number or identifier.
    public var ticket: String?
    public var title = ""
    public var text = ""

    public init(_ purpose: Contribution.Purpose) { self.purpose = purpose }
}
