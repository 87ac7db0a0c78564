/// One reason why somebody cannot take a step as things are.
public struct Hindrance: Equatable, Sendable {
    /// The name of a guard, `role` where the person holds none that is needed, `taken` where the province has it.
    public let code: String
    /// The field that is looked at, where that is one of the ticket's own.
    public let field: String?
    /// What is named by it: roles, departments, steps, numbers of tickets. Never what a field holds.
    public let about: [String]
}
