import Replication
import SQLite
import Standards

/// What replication must know of tickets, customers and standards.
public struct DeskDomain: Domain {
    public let shelf: PackShelf
    public let mischief: Mischief

    public init(shelf: PackShelf = PackShelf(), mischief: Mischief = .none) {
        self.shelf = shelf
        self.mischief = mischief
    }

    public func authority(over kind: EntityKind) -> Authority? {
        switch kind {
        case .standard: .province
        case .announcement, .article: .province
        case .ticket, .customer, .overlay, .staff, .circuit, .allowance, .supplement, .contribution: .shared
        default: nil
        }
    }

    public func knows(_ field: Field, of kind: EntityKind) -> Bool {
        switch kind {
        case .ticket: field.rawValue >= FieldNumbers.firstOfForms || FieldNumbers.name(field) != nil
        case .customer:
            [Self.customerFields, Self.customerFieldsSince2, Self.customerFieldsSince3].contains { $0.contains(field) }
        case .overlay: [OverlayField.site, OverlayField.document].contains(field)
        case .staff: field == StaffField.site
        case .allowance: AllowanceField.all.contains(field)
        case .circuit: field.rawValue <= CircuitField.isRetired.rawValue || field == CircuitField.sites
        case .announcement: AnnouncementField.all.contains(field)
        case .article: ArticleField.all.contains(field)
        case .supplement: SupplementField.all.contains(field)
        case .contribution: ContributionField.all.contains(field)
        case .standard: field.rawValue <= StandardField.effective.rawValue
        default: false
        }
    }

    private static let customerFields = [CustomerField.name, CustomerField.phone, CustomerField.sites]

    private static let customerFieldsSince2 = [
        CustomerField.customerClass, CustomerField.monthlyFen, CustomerField.since, CustomerField.arrears,
        CustomerField.gradeByHand, CustomerField.gradeReason,
    ]

    private static let customerFieldsSince3 = [
        CustomerField.contractEnds, CustomerField.accountManager, CustomerField.serviceManager,
    ]

    public var levels: LevelTable { Self.levelTable }

    /// What the first protocol did not know.
    private static let levelTable: LevelTable = {
        var table = LevelTable()
        let since2 = [
            TicketField.department, TicketField.handOverTo, TicketField.heldBy, TicketField.escalation,
            TicketField.parent, TicketField.round, TicketField.expedites,
        ]
        table.add(.overlay, from: 2)
        table.add(.staff, from: 2)
        table.add(.allowance, from: 2)
        table.add(.circuit, from: 2)
        for kind in [EntityKind.announcement, .article, .supplement, .contribution] { table.add(kind, from: 3) }
        for field in customerFieldsSince2 { table.add(field, of: .customer, from: 2) }
        for field in customerFieldsSince3 { table.add(field, of: .customer, from: 3) }
        for field in since2 { table.add(field, of: .ticket, from: 2) }
        table.add(TicketField.articles, of: .ticket, from: 3)
        return table
    }()

    public func isProvinces(_ field: Field, of kind: EntityKind) -> Bool {
        switch kind {
        case .ticket: field == TicketField.isSupervised || field == TicketField.heldBy
        case .allowance: AllowanceField.provinces.contains(field)
        case .contribution: ContributionField.provinces.contains(field)
        default: false
        }
    }

    public func audience(of entity: EntityID, _ state: EntityState) -> Audience {
        switch entity.kind {
        case .standard: return .everyone
        case .announcement, .article: return .everyone
        case .supplement: return .only(Self.sites([state[SupplementField.site]]))
        case .contribution: return .only(Self.sites([state[ContributionField.site]]))
        case .overlay: return .only(Self.sites([state[OverlayField.site]]))
        case .staff: return .only(Self.sites([state[StaffField.site]]))
        case .allowance: return .only(Self.sites([state[AllowanceField.site]]))
        case .customer: return .only(Self.sites(state.elements(of: CustomerField.sites)))
        case .circuit: return .only(Self.sites(state.elements(of: CircuitField.sites)))
        default: return .only(Self.audience(of: state))
        }
    }

    public func isForEveryone(_ kind: EntityKind) -> Bool {
        kind == .standard || kind == .announcement || kind == .article
    }

    /// Home stays in the audience when the province takes a ticket; the site that is offered one must read it.
    static func audience(of ticket: EntityState) -> [SiteID] {
        let assigned = [ticket[TicketField.home], ticket[TicketField.transferTo]]
        return sites(assigned + ticket.elements(of: TicketField.collaborators))
    }

    static func sites(_ values: [Value]) -> [SiteID] {
        values.compactMap { $0.textValue.map { SiteID($0) } }
    }

    public func judge(
        _ change: Change, before state: EntityState, author: Author, in database: Database
    ) throws -> Judgement {
        let store = SiteStore(database, domain: self)
        let staff = StaffRules(shelf: shelf, store: store)
        if let refusal = try CustomerActRules(shelf: shelf, store: store).refusal(of: change, before: state) {
            return refusal
        }
        if change.entity.kind == .staff { return try staff.judge(change, before: state, author: author) }
        if let refusal = try staff.refusal(of: change, needing: [], author: author) { return refusal }
        switch change.entity.kind {
        case .ticket: return try TicketRules(shelf: shelf, store: store).judge(change, before: state, author: author)
        case .allowance:
            return try AllowanceRules(shelf: shelf, store: store).judge(change, before: state, author: author)
        case .overlay: return OverlayRules.judge(change, before: state, author: author)
        case .customer: return CustomerRules.judge(change, author: author)
        case .circuit: return CircuitRules.judge(change, before: state, author: author)
        case .announcement: return AnnouncementRules.judge(change, before: state)
        case .article, .supplement, .contribution:
            return KnowledgeRules.judge(change, before: state, author: author)
        default: return .admit
        }
    }
}
