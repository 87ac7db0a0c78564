import HTTP
import Replication
import ServiceDesk
import Standards

/// What a desk and a wall begin with: queues with their counts, the province's figures, and one box to look for
/// everything. All of it comes from tables that are kept as changes arrive.
struct BoardRoutes {
    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/queues", for: .observer, Self.queues), gate.get("/api/wall", for: .observer, Self.wall),
            gate.get("/api/search", for: .observer, Self.search),
        ]
    }

    /// The queues of whoever asks. Each has a filter for the list of tickets, so that every number leads to what it
    /// counts.
    private static func queues(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        let now = call.site.now()
        let shelf = call.site.domain.shelf
        return try call.site.read { store in
            // Queues are there also while a standard cannot be read yet.
            let pack = (try? shelf.current(in: store, at: now))?.pack
            let hits = try AnnouncementHits(currentIn: store, pack: pack, at: now)
            let counts = try QueueCounts(of: store, person: call.actor, announcements: hits)
            let due = try DueCounts(of: store, at: now).total
            let wording = try Wording(store, of: call.site)
            func status(_ status: TicketStatus) -> Int { counts.statuses[status.rawValue] ?? 0 }
            let person = PercentCoding.encode(call.actor)
            let queues: [(id: String, filter: String, count: Int)] = [
                ("waiting", "status=acknowledged", status(.acknowledged)),
                ("mine", "assignee=\(person)", counts.mine),
                ("atRisk", "due=atRisk&sort=due", due.atRisk),
                ("overdue", "due=overdue&sort=due", due.overdue),
                ("paused", "due=paused", due.paused),
                ("followUp", "status=resolved", status(.resolved)),
                ("conflicts", "conflicts=open", counts.conflicts),
            ]
            // Most days these are empty, and a queue of nothing is in the way.
            var called: [(id: String, filter: String, count: Int)] = TicketQuery.Attention.allCases.compactMap { one in
                counts.attention[one].flatMap {
                    $0 > 0 ? (id: one.rawValue, filter: "attention=\(one.rawValue)", count: $0) : nil
                }
            }
            if counts.announced > 0 {
                called.append((id: "announced", filter: "announcement=current", count: counts.announced))
            }
            let site = call.site.configuration.site.text
            var offer = TicketQuery()
            offer.offered = site
            let offered = try offer.count(in: store)
            if offered > 0 { called.append((id: "offered", filter: "offered=\(site)", count: offered)) }
            return Answers.json([
                "asOf": wording.time(now),
                "queues": .array(
                    (queues + called).map { queue in
                        [
                            "id": .string(queue.id), "filter": .string(queue.filter),
                            "count": .integer(Int64(queue.count)),
                        ]
                    }),
            ])
        }
    }

    private static func wall(_ call: Call) throws -> Response {
        _ = try QueryReader(call.request, [])
        let now = call.site.now()
        let shelf = call.site.domain.shelf
        return try call.site.read { store in
            let pack = try shelf.current(in: store, at: now)?.pack
            let zone = pack?.calendar?.zone ?? .chinaStandard
            let announced = try AnnouncementQuery().list(in: store, at: now)
            let figures = try BoardFigures(of: store, zoneMinutes: zone.minutes, at: now)
            return Answers.json([
                "asOf": try Wording(store, of: call.site).time(now), "waiting": .integer(Int64(figures.waiting)),
                "day": CivilDate(daysSince1970: Int(figures.day)).map { .string($0.description) } ?? .null,
                "branches": .array(figures.branches.map(Self.branch)),
                "announced": try Self.hits(of: announced, pack, in: store, at: now),
                "categories": .array(
                    figures.categories.prefix(Self.categoriesShown).map { category in
                        [
                            "category": .string(category.category), "today": .integer(Int64(category.today)),
                            "usual": .number(Double(category.usualPerCent) / 100),
                            "suggested": .bool(
                                Announcement.isSuggested(
                                    today: category.today, usualPerCent: category.usualPerCent)
                                    && !announced.contains { one in
                                        one.covers(site: nil, lineage: pack?.lineage(of: category.category) ?? [])
                                    }),
                        ]
                    }),
            ])
        }
    }

    private static let categoriesShown = 20
    /// Announcements of which the wall says how many tickets each hits: those that are over soonest.
    private static let announcementsCounted = 20

    /// By identifier, of those that hold now.
    private static func hits(
        of announced: [Announcement], _ pack: StandardPack?, in store: SiteStore, at now: Int64
    ) throws -> JSONValue {
        let running = Array(
            announced.filter { $0.standing(at: now) == .current }.prefix(announcementsCounted))
        let counts = try AnnouncementHits(running, pack: pack).counts(in: store)
        var hits: [String: JSONValue] = [:]
        for (one, count) in zip(running, counts) { hits[one.id.text] = .integer(Int64(count)) }
        return .object(hits)
    }

    private static func branch(_ branch: BoardFigures.Branch) -> JSONValue {
        [
            "site": .string(branch.home),
            "today": ["opened": .integer(Int64(branch.opened)), "done": .integer(Int64(branch.closed))],
            "open": .integer(Int64(branch.open)), "overdue": .integer(Int64(branch.overdue)),
            "unconfirmed": .integer(Int64(branch.unconfirmed)), "conflicts": .integer(Int64(branch.conflicts)),
        ]
    }

    private static func search(_ call: Call) throws -> Response {
        let reader = try QueryReader(call.request, ["q", "limit"])
        let limit = try reader.integer("limit", in: 1...ServiceDesk.TicketSearch.resultsMax, default: 20)
        let search = try ServiceDesk.TicketSearch(reader.text("q") ?? "")
        return try call.site.read { store in
            let (found, hasMore) = try search.find(limit: limit, in: store)
            let wording = try Wording(store, of: call.site)
            return Answers.json([
                "more": .bool(hasMore),
                "results": .array(
                    try found.map { one in
                        let row = try store.row(number: one.entity)
                        let summary = TicketSummary(row)
                        return [
                            "ticket": .string(summary.id.text), "number": .string(summary.number),
                            "subject": .string(summary.subject), "home": .string(summary.home),
                            "where": .string(try Self.place(one.place, wording.words(of: row))),
                            "snippet": .string(one.snippet),
                        ]
                    }),
            ])
        }
    }

    /// A field by its name, where this site knows its number.
    private static func place(_ place: String, _ words: FieldWords) -> String {
        guard let number = UInt16(place) else { return place }
        return words.name(Field(rawValue: number))
    }
}
