import Replication
import Standards

/// The circuit that a ticket names, as far as it is known at this site. It is looked up when it is asked for, so a
/// ticket whose circuit is heard of later shows it without a change.
public struct TicketCircuit: Sendable {
    /// In canonical form.
    public let number: String
    /// Nil while no circuit of that number is held here.
    public let circuit: EntityRow?

    /// - Returns: nil when the ticket names none.
    public init?(of ticket: EntityState, _ type: TicketType, in store: SiteStore) throws {
        guard let use = type.work.circuit else { return nil }
        try self.init(ticket[FieldNumbers.field(use.field)], in: store)
    }

    /// - Parameter value: what the field for the number holds.
    init?(_ value: Value, in store: SiteStore) throws {
        guard let text = value.textValue else { return nil }
        number = CircuitNumber.canonical(text)
        if number.isEmpty { return nil }
        circuit = try CircuitBook.circuit(number, in: store)
    }

    public var isKnown: Bool { circuit != nil }

    public var isRetired: Bool { circuit?.state[CircuitField.isRetired] == .bool(true) }

    public func fact(_ fact: CircuitFact) -> String? { circuit?.state[CircuitFacts.field(fact)].textValue }

    public var customer: EntityID? {
        circuit?.state[CircuitField.customer].bytesValue.flatMap { EntityID(kind: .customer, bytes: $0) }
    }
}
