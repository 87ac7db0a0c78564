import Replication

/// 7: what the hub has said of a time of which it had heard all is never said otherwise later.
///
/// Up to when it has heard all from every branch, a clock has the same start and has run equally long whenever it is
/// asked; it never runs longer than the time that has passed, and stands still only in states and for reasons that
/// the standard names. Once the hub calls a breach confirmed, nothing from before the due time comes any more.
final class ServiceTimeChecker: Checker {
    let number = 7
    let name = "service time only grows"
    let tally = Tally()
    private let books: TicketBooks
    /// What was said of each clock, and up to when the hub had heard all then.
    private var said: [ServiceClockBook.Key: (reading: ServiceClockBook.Reading, heard: Int64)] = [:]

    init(_ books: TicketBooks) { self.books = books }

    func hour(_ world: World) { compare(world) }

    /// A hub that comes from another disk begins anew.
    func replaced(_ site: SimulatedSite, in world: World) { if site.isHub { said = [:] } }

    private func compare(_ world: World) {
        let hub = world.sites[0]
        // What a lost disk or a copy had brought may come back from others much later.
        guard !world.hasRenewed, let now = hub.process?.now, let heard = heard(world) else { return }
        for reading in world.clocks.fresh {
            if let before = said[reading.key] { compare(reading, before.reading, before.heard, world) }
            tally.expect(
                (0...max(0, now - reading.started)).contains(reading.elapsed(until: now)), world, [hub],
                about: .ticket(reading.key.ticket), "\(words(reading.key)) has run longer than time has passed")
            said[reading.key] = (reading, heard)
        }
    }

    private func compare(
        _ reading: ServiceClockBook.Reading, _ before: ServiceClockBook.Reading, _ heard: Int64, _ world: World
    ) {
        // It had not begun by then, or a step was sent back since and has begun anew.
        guard before.started <= heard, reading.started <= heard else { return }
        let (then, now) = (before.elapsed(until: heard), reading.elapsed(until: heard))
        tally.expect(
            reading.started == before.started && then == now, world, [world.sites[0]],
            about: .ticket(reading.key.ticket),
            "\(words(reading.key)) had run \(then) ms by a time of which all had been heard, and now \(now) ms")
    }

    /// Up to when the hub has heard all from all: its own claim, which is what is put to the test.
    private func heard(_ world: World) -> Int64? {
        try? world.sites[0].process?.read { try $0.dataAsOf().time }
    }

    func ended(_ world: World) {
        compare(world)
        guard !world.hasRenewed else { return }
        let pages = Dictionary(
            (books.pages(at: world.sites[0], in: world) ?? []).map { ($0.ticket, $0) }, uniquingKeysWith: { $1 })
        for (key, breach) in world.clocks.confirmed {
            guard let page = pages[key.ticket], !page.hasStranger else { continue }
            look(key, breach, page, world)
        }
    }

    /// Nothing that came after the confirmation is from before the due time.
    private func look(
        _ key: ServiceClockBook.Key, _ breach: ServiceClockBook.Breach, _ page: TicketBooks.Page, _ world: World
    ) {
        guard let confirmed = breach.confirmed else { return }
        let tooLate = page.lines.first { line in
            guard line.hasEffect, let admitted = world.journal.admission(of: line.key) else { return false }
            return admitted > confirmed.at && Int64(line.stamp >> 16) < confirmed.due
        }
        tally.expect(
            tooLate == nil, world, [world.sites[0]], about: .ticket(page.ticket),
            "\(words(key)) was over beyond doubt at \(DurationText.clock(confirmed.at)); more came from before")
    }

    private func words(_ key: ServiceClockBook.Key) -> String {
        "the \(key.clock) clock \(key.step.isEmpty ? "" : "of step \(key.step) ")of ticket \(key.ticket)"
    }
}
