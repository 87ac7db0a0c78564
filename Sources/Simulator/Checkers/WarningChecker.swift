import Replication

/// 25: what is over is said to be over, beyond doubt, once the hub has heard from those who could have known better;
/// and what branches have put before the province is before it, and taken.
///
/// A breach is a figure, not a timer: it has fired when the hub confirms it. So when all is level, every clock of a
/// ticket that was over a while ago is confirmed, if all the sites that had a hand in the ticket are whole. An
/// escalation that the hub holds names its reason until the province has taken the ticket; one that lay there for a
/// whole day while people were at work was taken.
final class WarningChecker: Checker {
    let number = 25
    let name = "what is over is said, and escalations are heard"
    let isLiveness = true
    let tally = Tally()
    private let books: TicketBooks

    init(_ books: TicketBooks) { self.books = books }

    /// People at the province look every quarter of an hour in their hours, and some nights are long.
    private static let patience = VirtualTime.hours(26)

    private enum Field {
        static let heldBy: UInt16 = 19
        static let escalation: UInt16 = 20
    }

    func ended(_ world: World) {
        guard world.isSettled, !world.isDamaged(world.sites[0]) else { return }
        lookAtClocks(world)
        for page in books.pages(at: world.sites[0], in: world) ?? [] where !page.hasStranger { look(page, world) }
    }

    private func lookAtClocks(_ world: World) {
        // A hub whose own clock was wrong has told everybody a wrong time.
        let isWrong = world.faults.bands.contains {
            $0.kind.device == .clock && $0.sites.contains(world.sites[0].id.text)
        }
        guard !isWrong, let now = world.sites[0].process?.now else { return }
        let whole = Set(world.core.map(\.id))
        let margin = (world.scenario.exchange.pollHoldSeconds * 3 + 900) * 1_000
        for (key, reading) in world.clocks.latest.sorted(by: { $0.key < $1.key }) {
            guard let due = reading.due, reading.isOverdue(at: now), due < now - margin,
                reading.sites.allSatisfy(whole.contains)
            else { continue }
            tally.expect(
                reading.isConfirmed, world, [world.sites[0]], about: .ticket(key.ticket),
                "the \(key.clock) clock \(key.step) of ticket \(key.ticket) was over long ago, and the hub is not sure")
        }
    }

    private func look(_ page: TicketBooks.Page, _ world: World) {
        guard let shown = page.shown else { return }
        let reckoned = TicketReckoning(page.lines.filter(\.hasEffect))
        let reason = reckoned.fields[Field.escalation]?.value ?? "null"
        guard reckoned.assignments[Field.escalation] != nil else { return }
        tally.expect(
            Deed.words(of: shown.escalation) == reason, world, [world.sites[0]], about: .ticket(page.ticket),
            "the hub shows another escalation of ticket \(page.ticket) than its branch has made")
        guard reason != "null", reckoned.fields[Field.heldBy]?.value ?? "null" == "null", isHubCalm(world),
            let by = reckoned.fields[Field.escalation]?.by, let heard = world.journal.admission(of: by)
        else { return }
        tally.expect(
            heard + Self.patience > world.scenario.lasts, world, [world.sites[0]], about: .ticket(page.ticket),
            "ticket \(page.ticket) was put before the province at \(DurationText.clock(heard)), and nobody took it")
    }

    /// A hub that is down or cannot write keeps its people from taking anything.
    private func isHubCalm(_ world: World) -> Bool {
        let hub = world.sites[0].id.text
        return !world.faults.bands.contains { $0.sites.contains(hub) || $0.kind.isHubOnly } && !world.hasRenewed
    }
}
