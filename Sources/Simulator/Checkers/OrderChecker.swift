import Replication

/// 5: what a site shows follows from the changes that it has and from nothing else, in whatever order they came.
final class OrderChecker: Checker {
    let number = 5
    let name = "the order of arrival does not matter"
    let tally = Tally()
    private let books: TicketBooks

    init(_ books: TicketBooks) { self.books = books }

    func ended(_ world: World) {
        let stamps = stampsAtHub(world)
        for site in world.core {
            for page in books.pages(at: site, in: world) ?? [] where !page.hasStranger {
                compare(page, at: site, world)
                for line in page.lines where line.hasEffect {
                    guard let known = stamps[line.key], !site.isHub else { continue }
                    tally.expect(
                        known == line.stamp, world, [site, world.sites[0]], about: .ticket(page.ticket),
                        "a change of ticket \(page.ticket) has another time than at the hub")
                }
            }
        }
    }

    private func stampsAtHub(_ world: World) -> [Journal.Key: UInt64] {
        var stamps: [Journal.Key: UInt64] = [:]
        for page in books.pages(at: world.sites[0], in: world) ?? [] {
            for line in page.lines { stamps[line.key] = line.stamp }
        }
        return stamps
    }

    private func compare(_ page: TicketBooks.Page, at site: SimulatedSite, _ world: World) {
        guard let shown = page.shown else { return }
        let reckoned = TicketReckoning(page.lines.filter(\.hasEffect))
        func expect(_ field: UInt16, _ word: String, _ value: Value) {
            let due = reckoned.fields[field]?.value ?? Deed.words(of: .null)
            tally.expect(
                due == Deed.words(of: value), world, [site], about: .ticket(page.ticket),
                "ticket \(page.ticket) shows another \(word) than its changes make")
        }
        func text(_ text: String?) -> Value { text.map { .text($0) } ?? .null }
        expect(1, "type", .text(shown.type))
        expect(2, "subject", shown.subject.isEmpty && reckoned.fields[2] == nil ? .null : .text(shown.subject))
        expect(4, "home", .text(shown.home))
        expect(5, "offer", text(shown.transferTo))
        expect(7, "category", text(shown.category))
        expect(8, "assignee", shown.assignee)
        tally.expect(
            reckoned.state == shown.state, world, [site], about: .ticket(page.ticket),
            "ticket \(page.ticket) is \(shown.state) where its changes make it \(reckoned.state)")
    }
}
