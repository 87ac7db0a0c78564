/// The province's rules as data: what the hub publishes and every site works by.
///
///     {"format": 1, "name": {"zh": …, "en": …}, "version": "2026.1",
///      "roles": [{"id": "clerk", "name": {…}}, …],
///      "ticketTypes": [{"id": "complaint", "name": {…},
///        "fields": [{"id": "subject", "name": {…}, "kind": "text|choice|integer|boolean|time", "required": true,
///                    "maxLength": 200, "options": [{"id": …, "name": {…}}], "personal": false}, …],
///        "initial": "acknowledged",
///        "states": [{"id": "acknowledged", "name": {…}, "status": "acknowledged", "final": false}, …],
///        "transitions": [{"name": "accept", "label": {…}, "from": ["acknowledged"], "to": "inProgress",
///                         "requires": ["resolution"], "roles": ["clerk"]}, …]}, …],
///      "categories": [{"id": "billing", "name": {…}, "types": ["complaint"], "illustrative": true}, …],
///      "refund": {"limitFen": 50000, "currency": "CNY"},
///      "calendar": {"years": [{"year": 2026, "source": "…", "holidays": ["2026-01-01", …],
///                              "makeUpWorkdays": ["2026-01-04", …]}, …],
///                   "shifts": [{"from": "08:30", "to": "12:00"}, …]}}
///
/// `roles`, `refund` and `calendar` may be left out. A pack that declares roles may use no others.
public struct StandardPack: Hashable, Sendable {
    /// The largest pack read, in bytes.
    public static let sizeLimit = 4 << 20
    public static let typeLimit = 50
    public static let categoryLimit = 2_000
    public static let roleLimit = 50

    public let name: LocalText
    public let version: String
    public let roles: [StaffRole]
    public let ticketTypes: [TicketType]
    public let categories: [TicketCategory]
    /// Nil when this pack permits no refunds.
    public let refund: RefundRule?
    /// Nil when nothing is counted in working days.
    public let calendar: ServiceCalendar?

    public init(
        name: LocalText, version: String, roles: [StaffRole] = [], ticketTypes: [TicketType],
        categories: [TicketCategory], refund: RefundRule? = nil, calendar: ServiceCalendar? = nil
    ) {
        self.name = name
        self.version = version
        self.roles = roles
        self.ticketTypes = ticketTypes
        self.categories = categories
        self.refund = refund
        self.calendar = calendar
    }

    public func ticketType(_ id: String) -> TicketType? { ticketTypes.first { $0.id == id } }

    public func category(_ id: String) -> TicketCategory? { categories.first { $0.id == id } }

    /// The categories that may be chosen for a ticket type, in the order of the pack.
    public func categories(for type: String) -> [TicketCategory] {
        categories.filter { $0.types.contains(type) }
    }
}

extension StandardPack {
    /// Reads a standard pack and lists everything that is wrong with it.
    ///
    /// - Parameter bytes: the pack, UTF-8 JSON of at most ``sizeLimit`` bytes.
    /// - Returns: the pack and no findings, or nil and at least one finding.
    public static func check(_ bytes: [UInt8]) -> (StandardPack?, [Finding]) {
        JSONReader.check(bytes, sizeLimit: sizeLimit) { reader in
            reader.format(1)
            let name = reader.object("name", read: LocalText.init(reading:))
            let version = reader.text("version", .version)
            var roleNames = UniqueNames("role")
            let declaresRoles = reader.has("roles")
            let roles = reader.objects("roles", count: 0...roleLimit, .optional) { StaffRole(reading: $0, &roleNames) }
            var typeNames = UniqueNames("ticket type")
            let types = reader.objects("ticketTypes", count: 1...typeLimit) {
                TicketType(reading: $0, &typeNames, roles: declaresRoles ? roleNames : nil)
            }
            var categoryNames = UniqueNames("category")
            let categories = reader.objects("categories", count: 0...categoryLimit) {
                TicketCategory(reading: $0, &categoryNames, types: typeNames)
            }
            let refund = reader.object("refund", .optional, read: RefundRule.init(reading:))
            let calendar = reader.object("calendar", .optional, read: ServiceCalendar.init(reading:))
            guard let name, let version else { return nil }
            return StandardPack(
                name: name, version: version, roles: roles, ticketTypes: types, categories: categories, refund: refund,
                calendar: calendar)
        }
    }
}
