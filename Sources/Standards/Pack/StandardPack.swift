/// The province's rules as data: what the hub publishes and every site works by.
///
/// Its format stands in the schema that ``schema`` makes of the very code that reads it.
public struct StandardPack: Hashable, Sendable {
    /// The largest pack read, in bytes. What is published must fit into one change besides.
    public static let sizeLimit = 4 << 20
    /// The first format had forms, processes, categories and a refund rule; what both have reads the same.
    public static let formats = 1...2

    public let name: LocalText
    public let version: String
    public var organisation = Organisation()
    public let ticketTypes: [TicketType]
    public let categories: [TicketCategory]
    /// Nil when this pack permits no refunds.
    public let refund: RefundRule?
    /// Nil when nothing is counted in days.
    public let calendar: ServiceCalendar?
    public var limits: [ClockRule] = []
    public var procedure = ProcedureLists()
    public var customers = CustomerRules()
    public var routing: [RoutingRule] = []
    public var wordings: [ApprovedWording] = []
    public var indicators: [Indicator] = []
    /// What customers are told; the first that fits a step. A built-in text where none does.
    public var notices: [NoticeTemplate] = []

    public init(
        name: LocalText, version: String, ticketTypes: [TicketType], categories: [TicketCategory],
        refund: RefundRule? = nil, calendar: ServiceCalendar? = nil
    ) {
        self.name = name
        self.version = version
        self.ticketTypes = ticketTypes
        self.categories = categories
        self.refund = refund
        self.calendar = calendar
    }

    public var roles: [StaffRole] { organisation.roles }

    // By their places: both are large, and would be copied whole to look at their identifiers.
    public func ticketType(_ id: String) -> TicketType? {
        for place in ticketTypes.indices where ticketTypes[place].id == id { return ticketTypes[place] }
        return nil
    }

    public func category(_ id: String) -> TicketCategory? {
        for place in categories.indices where categories[place].id == id { return categories[place] }
        return nil
    }

    /// The categories that may be chosen for a ticket type, in the order of the pack.
    public func categories(for type: String) -> [TicketCategory] {
        categories.filter { $0.types.contains(type) }
    }

    /// What the customer is told when a step is taken.
    public func notice(of transition: String, type: String) -> NoticeTemplate {
        notices.first { $0.fits(transition, of: type) } ?? .builtIn
    }

    /// A category and all above it, the nearest first.
    public func lineage(of category: String) -> [String] {
        var line: [String] = []
        var next = self.category(category)
        while let one = next, line.count < TicketCategory.depthLimit {
            line.append(one.id)
            next = one.parent.flatMap { self.category($0) }
        }
        return line
    }

    /// Some categories and all below them, sorted. One that the pack does not have stands for itself.
    public func descendants(of categories: [String]) -> [String] {
        var found = Set(categories)
        // Each stands after the one that it is part of.
        for category in self.categories {
            if let parent = category.parent, found.contains(parent) { found.insert(category.id) }
        }
        return found.sorted()
    }
}

extension StandardPack {
    public struct Organisation: Hashable, Sendable {
        public static let departmentLimit = 200

        public var roles: [StaffRole] = []
        /// They handle tickets and own steps; their teams are each branch's own.
        public var departments: [Department] = []

        public func role(_ id: String) -> StaffRole? { roles.first { $0.id == id } }
    }

    /// What the processes of several ticket types share.
    public struct ProcedureLists: Hashable, Sendable {
        /// Nil when nothing can be ordered.
        public var catalogue: Catalogue?
        public var pauseReasons: [PauseReason] = []
        public var steps: [StepTemplate] = []
        public var modes: [ImplementationMode] = []

        public func step(_ id: String) -> StepTemplate? { steps.first { $0.id == id } }
        public func mode(_ id: String) -> ImplementationMode? { modes.first { $0.id == id } }
        public func pauseReason(_ id: String) -> PauseReason? { pauseReasons.first { $0.id == id } }
    }

    public struct CustomerRules: Hashable, Sendable {
        public static let classLimit = 100

        /// Government offices, banks, chains of shops.
        public var classes: [NamedEntry] = []
        /// The highest first.
        public var grades: [CustomerGrade] = []
        /// Nil when grades are only ever set by hand.
        public var gradeModel: GradeModel?
        /// The first that fits a customer is recommended.
        public var schemes: [AccessScheme] = []

        public init() {}

        /// What access is recommended to a kind of customer.
        /// - Parameter value: what is known beside, by the names of fields.
        public func scheme(for customerClass: String?, _ value: (String) -> String?) -> AccessScheme? {
            guard let customerClass else { return nil }
            return schemes.first { $0.customerClasses.contains(customerClass) && $0.conditions.hold(value) }
        }
    }
}
