import Replication
import SQLite
import Standards

/// What replication must know of tickets, customers and standards.
public struct DeskDomain: Domain {
    public let shelf: PackShelf

    public init(shelf: PackShelf = PackShelf()) { self.shelf = shelf }

    public func authority(over kind: EntityKind) -> Authority? {
        switch kind {
        case .standard: .province
        case .ticket, .customer: .shared
        default: nil
        }
    }

    public func knows(_ field: Field, of kind: EntityKind) -> Bool {
        switch kind {
        case .ticket: FieldNumbers.name(field) != nil || field.rawValue >= FieldNumbers.firstOfForms
        case .customer: [CustomerField.name, CustomerField.phone, CustomerField.sites].contains(field)
        case .standard: field.rawValue <= StandardField.effective.rawValue
        default: false
        }
    }

    public func isProvinces(_ field: Field, of kind: EntityKind) -> Bool {
        kind == .ticket && field == TicketField.isSupervised
    }

    public func audience(of entity: EntityID, _ state: EntityState) -> Audience {
        switch entity.kind {
        case .standard: return .everyone
        case .customer: return .only(Self.sites(state.elements(of: CustomerField.sites)))
        default:
            // Home stays in the audience when the province takes a ticket; the site that is offered one must read it.
            let assigned = [state[TicketField.home], state[TicketField.transferTo]]
            return .only(Self.sites(assigned + state.elements(of: TicketField.collaborators)))
        }
    }

    private static func sites(_ values: [Value]) -> [SiteID] {
        values.compactMap { $0.textValue.map { SiteID($0) } }
    }

    public func judge(
        _ change: Change, before state: EntityState, author: Author, in database: Database
    ) throws -> Judgement {
        let store = SiteStore(database, domain: self)
        switch change.entity.kind {
        case .ticket: return try TicketRules(shelf: shelf, store: store).judge(change, before: state, author: author)
        case .customer: return CustomerRules.judge(change, author: author)
        default: return .admit
        }
    }

    /// The hub keeps a customer's set of sites as it admits tickets that name the customer.
    public func consequences(
        of change: Change, before: EntityState, after: EntityState, in database: Database
    ) throws -> [Draft] {
        guard change.entity.kind == .ticket,
            let id = after[TicketField.customer].bytesValue.flatMap({ EntityID(kind: .customer, bytes: $0) }),
            case .sites(let now) = audience(of: change.entity, after),
            case .sites(let then) = audience(of: change.entity, before)
        else { return [] }
        let store = SiteStore(database, domain: self)
        guard let customer = try store.row(id), customer.state.exists else { return [] }
        let known = Self.sites(customer.state.elements(of: CustomerField.sites))
        var edits: [Edit] = now.filter { !known.contains($0) }.map { .add(CustomerField.sites, .text($0.text)) }
        for site in then where !now.contains(site) && known.contains(site) {
            let isNamed = try database.first(
                "SELECT 1 FROM ticket WHERE customer = ? AND (home = ? OR transfer_to = ?) LIMIT 1", id.bytes,
                site.text, site.text
            ) { _ in true }
            if isNamed == nil { edits.append(.remove(CustomerField.sites, .text(site.text))) }
        }
        return edits.isEmpty ? [] : [Draft(entity: id, edits: edits, actor: "hub")]
    }
}
