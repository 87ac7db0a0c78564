import Replication
import Standards

/// What due times depend on beside the ticket: standards, overlays, grades. Read once for many tickets; made for one
/// transaction and one time.
final class TimingBasis {
    /// A ticket's type under the standard that it was opened under.
    struct Standing {
        let pack: StandardPack
        let type: TicketType
        /// Those of the pack that name the type.
        let limits: [ClockRule]
    }

    private struct TypeName: Hashable {
        let pack: EntityID
        let type: String
    }

    /// From when on an overlay was what it was.
    private final class Turn {
        let from: Int64
        private let document: String?
        private(set) lazy var overlay = document.flatMap { BranchOverlay.read(Array($0.utf8)) }

        init(from: Int64, document: String?) {
            self.from = from
            self.document = document
        }
    }

    let store: SiteStore
    let shelf: PackShelf
    let now: Int64
    /// The standard in force, whose calendar and grades count.
    let latest: StandardPack?
    private var standings: [TypeName: Standing] = [:]
    private var overlays: [SiteID: [Turn]] = [:]
    private var customers: [EntityID: CustomerFacts?] = [:]
    private var heardSoFar: [SiteID: Int64]?

    convenience init(_ store: SiteStore, shelf: PackShelf, at now: Int64) throws {
        self.init(store, shelf: shelf, latest: try shelf.current(in: store, at: now)?.pack, at: now)
    }

    init(_ store: SiteStore, shelf: PackShelf, latest: StandardPack?, at now: Int64) {
        self.store = store
        self.shelf = shelf
        self.now = now
        self.latest = latest
    }

    /// Nil while the standard is not here, or has no such type.
    func standing(of ticket: EntityState) throws -> Standing? {
        guard let pack = ticket[TicketField.pack].bytesValue.flatMap({ EntityID(kind: .standard, bytes: $0) }),
            let type = ticket[TicketField.type].textValue
        else { return nil }
        let name = TypeName(pack: pack, type: type)
        if let known = standings[name] { return known }
        guard let held = try shelf.pack(pack, in: store), let found = held.ticketType(type) else { return nil }
        let limits = held.limits.filter { $0.types.contains(type) }
        let standing = Standing(pack: held, type: found, limits: limits)
        standings[name] = standing
        return standing
    }

    /// A branch's overlay as it was at a time; nil when it had none.
    func overlay(of site: SiteID, at milliseconds: Int64) throws -> BranchOverlay? {
        let turns = try overlays[site] ?? turns(of: site)
        overlays[site] = turns
        return turns.last { $0.from <= milliseconds }?.overlay
    }

    private func turns(of site: SiteID) throws -> [Turn] {
        try OverlayBook.history(of: site, in: store).map { Turn(from: $0.from, document: $0.document) }
    }

    /// The grade of a ticket's customer, as far as the customer is held here.
    func grade(of ticket: EntityState, _ rules: StandardPack.CustomerRules) throws -> String? {
        try facts(of: ticket)?.grade(by: rules, at: now)
    }

    /// What is known of a ticket's customer; nil while no customer of it is held here.
    func facts(of ticket: EntityState) throws -> CustomerFacts? {
        guard let id = ticket[TicketField.customer].bytesValue.flatMap({ EntityID(kind: .customer, bytes: $0) })
        else { return nil }
        if let known = customers[id] { return known }
        let row = try store.row(id)
        let facts = row.flatMap { $0.state.exists && !$0.isWithdrawn ? CustomerFacts(of: $0.state) : nil }
        customers[id] = .some(facts)
        return facts
    }

    /// The sites of which a hub may not have heard all: up to when it has.
    func heard() throws -> [SiteID: Int64] {
        if let heardSoFar { return heardSoFar }
        let parts = try store.life().isHub ? store.dataAsOf().parts.map { ($0.site, $0.time) } : []
        let heard = Dictionary(parts, uniquingKeysWith: { first, _ in first })
        heardSoFar = heard
        return heard
    }
}
