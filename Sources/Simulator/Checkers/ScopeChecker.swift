import Replication
import SQLite

/// 8: a site is sent, and shows, only what it may see. Each answer is looked through when the hub fills it: every
/// change in it, and the mark of every personal value in its bytes, is of a ticket that is the site's or offered to it.
///
/// While a hub gathers what it lost, no ticket goes to a site that did not see it before, unless all those that the hub
/// takes for its holders have told what they know.
final class ScopeChecker: Checker {
    let number = 8
    let name = "a site holds only what it may see"
    let tally = Tally()

    /// By ticket: who saw it when the hub lost its disk, or has rightly been sent it since.
    private var before: [String: Set<String>] = [:]
    /// Which tickets have a personal value with this number in it.
    private var marked: [Int: Set<String>] = [:]
    private var entriesSeen = 0
    /// By ticket: the branches that were asked to help with it. Nobody here takes that back.
    private var helpers: [String: Set<String>] = [:]

    private struct Audience {
        let home: String
        let offered: String?

        let standby: String?
        var helpers: Set<String> = []

        func has(_ site: String) -> Bool { sites.contains(site) }
        var sites: Set<String> { helpers.union([home, offered, standby].compactMap(\.self)) }
    }

    func replacing(_ site: SimulatedSite, in world: World) {
        guard site.isHub else { return }
        let standby = world.scenario.standby
        let known = world.inspect(site) { database in
            try database.all(
                """
                SELECT lower(hex(entity.id)), home, transfer_to
                FROM ticket JOIN entity ON entity.number = ticket.entity
                """
            ) { (ticket: $0.text(0), audience: Audience(home: $0.text(1), offered: $0.textOrNil(2), standby: standby)) }
        }
        learn(world)
        for row in known ?? [] { before[row.ticket] = row.audience.sites.union(helpers[row.ticket] ?? []) }
    }

    func answering(_ answer: ExchangeAnswer, _ body: [UInt8], to site: Int, in world: World) {
        let place = world.sites[site].id.text
        for ticket in Self.tickets(in: answer).sorted() {
            // A hub that has just died cannot be asked.
            guard let asked = ask(for: ticket, in: world) else { continue }
            guard let audience = asked else {
                tally.expect(
                    hasWritten(place, to: ticket, in: world), world, [world.sites[site]],
                    "ticket \(ticket) is sent, and the hub does not list it")
                continue
            }
            tally.expect(
                audience.has(place), world, [world.sites[0], world.sites[site]], about: .ticket(ticket),
                "ticket \(ticket) of \(audience.home) is sent to \(place)")
            if let unheard = unheard(audience, of: ticket, besides: place, in: world) {
                tally.expect(
                    false, world, [world.sites[0], world.sites[site]], about: .ticket(ticket),
                    "ticket \(ticket) is sent to \(place), which did not see it before the hub lost its disk, and "
                        + "\(unheard), which may know better, has not been heard yet")
            } else if audience.has(place) {
                // It sees it from now on, whoever is compared once more afterwards.
                before[ticket]?.insert(place)
            }
        }
        look(at: body, to: place, in: world)
    }

    /// A ticket whose creation went with every disk that held it is in no list. What is left goes to whose work it is.
    private func hasWritten(_ site: String, to ticket: String, in world: World) -> Bool {
        guard let id = EntityID(kind: .ticket, text: ticket) else { return false }
        let found = world.look(at: world.sites[0]) { database in
            try database.first(
                """
                SELECT 1 FROM log JOIN origin ON origin.number = log.origin
                WHERE entity = (SELECT number FROM entity WHERE id = ? AND kind = 16) AND origin.site = ?
                    AND condition = 1
                """, id.bytes, site
            ) { _ in true }
        }
        return (found ?? nil) ?? false
    }

    /// Whoever else may see a ticket and has not been compared; nil where the site itself saw it before the loss.
    private func unheard(
        _ audience: Audience, of ticket: String, besides site: String, in world: World
    ) -> String? {
        guard let saw = before[ticket], !saw.contains(site) else { return nil }
        return audience.sites.sorted().first { name in
            let isCompared = world.look(at: world.sites[0]) { database in
                try database.first("SELECT is_compared FROM peer WHERE site = ?", name) { $0.bool(0) }
            }
            return !((isCompared ?? nil) ?? true)
        }
    }

    /// The tickets of which an answer holds changes or parts of files, by their identifiers.
    private static func tickets(in answer: ExchangeAnswer) -> Set<String> {
        var found: Set<String> = []
        func note(_ entity: EntityID) { if entity.kind.rawValue == 16 { found.insert(entity.text) } }
        for entry in answer.entries {
            switch entry.content {
            case .change(let change): note(change.entity)
            case .stored(let head): note(head.entity)
            default: break
            }
        }
        for chunk in answer.histories { for change in chunk.changes { note(change.entity) } }
        for part in answer.attachments?.parts ?? [] { note(part.name.entity) }
        return found
    }

    private func audience(of ticket: String, in world: World) -> Audience? { ask(for: ticket, in: world) ?? nil }

    /// - Returns: nil if the hub cannot be read; nil in that for a ticket that it does not list.
    private func ask(for ticket: String, in world: World) -> Audience?? {
        guard let id = EntityID(kind: .ticket, text: ticket) else { return .some(nil) }
        learn(world)
        let (standby, helpers) = (world.scenario.standby, helpers[ticket] ?? [])
        return world.look(at: world.sites[0]) { database in
            try database.first(
                """
                SELECT home, transfer_to FROM ticket
                WHERE entity = (SELECT number FROM entity WHERE id = ? AND kind = 16)
                """, id.bytes
            ) { Audience(home: $0.text(0), offered: $0.textOrNil(1), standby: standby, helpers: helpers) }
        }
    }

    // MARK: The mark in the bytes

    private func look(at body: [UInt8], to place: String, in world: World) {
        let numbers = Self.marks(in: body)
        guard !numbers.isEmpty else { return }
        learn(world)
        for number in numbers.sorted() {
            // A customer's name may have the same number, and tickets of one number are few.
            guard let tickets = tickets(of: number) else { continue }
            tally.expect(
                tickets.contains { audience(of: $0, in: world)?.has(place) ?? true }, world, [world.sites[0]],
                "the bytes of an answer to \(place) hold a personal value of a ticket that it may not see")
        }
    }

    private static let collaborators: UInt16 = 32

    private func tickets(of number: Int) -> Set<String>? {
        guard marked[number] != nil else { return nil }
        return Self.mayBe(number).reduce(into: []) { $0.formUnion(marked[$1] ?? []) }
    }

    /// Of bytes that go on with a digit of something else a number is read as ten times what it is, or more.
    static func mayBe(_ number: Int) -> [Int] {
        Array(sequence(first: number) { $0 >= 10 ? $0 / 10 : nil })
    }

    private func learn(_ world: World) {
        for entry in world.journal.entries[entriesSeen...] {
            for case .added(Self.collaborators, let site) in entry.deed.kinds where entry.deed.isTicket {
                helpers[entry.deed.entity, default: []].insert(site)
            }
            for case .assigned(_, let value) in entry.deed.kinds {
                for number in Self.marks(in: Array(value.utf8)) {
                    // Whoever may see a customer of that name is not known here.
                    marked[number, default: []].insert(entry.deed.isTicket ? entry.deed.entity : "")
                }
            }
        }
        entriesSeen = world.journal.entries.count
    }

    /// The numbers behind each mark of a personal value.
    static func marks(in bytes: [UInt8]) -> Set<Int> {
        let mark = Array((FormFiller.canary + " ").utf8)
        var found: Set<Int> = []
        var place = 0
        while let start = bytes[place...].firstIndex(of: mark[0]) {
            place = start + 1
            guard start + mark.count <= bytes.count, bytes[start..<start + mark.count].elementsEqual(mark) else {
                continue
            }
            let digits = bytes[(start + mark.count)...].prefix(9).prefix { (0x30...0x39).contains($0) }
            if let number = Int(String(decoding: digits, as: UTF8.self)) { found.insert(number) }
        }
        return found
    }

    // MARK: At rest

    func ended(_ world: World) {
        guard world.isSettled else { return }
        for site in world.core where !site.isHub {
            lookAtDisk(of: site, in: world)
            let shown = world.look(at: site) { database in
                try database.all(
                    "SELECT lower(hex(entity.id)) FROM ticket JOIN entity ON entity.number = ticket.entity"
                ) { $0.text(0) }
            }
            for ticket in shown ?? [] {
                tally.expect(
                    audience(of: ticket, in: world)?.has(site.id.text) ?? false, world, [site],
                    about: .ticket(ticket), "ticket \(ticket) is shown at \(site.id), which may not see it")
            }
        }
    }

    /// Of a ticket that has left a site no personal value is on its disk, free pages and log included.
    private func lookAtDisk(of site: SimulatedSite, in world: World) {
        guard !world.isDamaged(site) else { return }
        let held = world.look(at: site) { database in
            Set(try database.all("SELECT lower(hex(id)) FROM entity WHERE kind = 16") { $0.text(0) })
        }
        guard let held else { return }
        learn(world)
        for file in ["tributary.db", "tributary.db-wal"] {
            for number in Self.marks(in: site.disk.bytes(of: file) ?? []).sorted() {
                guard let tickets = tickets(of: number), !tickets.contains("") else { continue }
                tally.expect(
                    !tickets.isDisjoint(with: held), world, [site],
                    "\(file) of \(site.id) holds a personal value of a ticket that was erased there")
            }
        }
    }
}
