import Replication
import ServiceDesk
import Standards

/// Taking tickets, and what is planned for each.
extension People {
    func open(at site: Int) {
        let type = randoms[site].pick(pack.ticketTypes)
        open(type, at: site, for: nil)
    }

    /// - Parameter parent: the ticket that it is opened for.
    func open(_ type: TicketType, at site: Int, for parent: String?) {
        var random = randoms[site]
        defer { randoms[site] = random }
        let number = number()
        var ticket = NewTicket(
            type: type.id, home: sites[site].id,
            fields: FormFiller.fields(of: type, number: number, isComplete: true, &random))
        if hasProcedures { FormFiller.correct(&ticket.fields, of: type, in: pack, &random) }
        ticket.parent = parent
        let categories = pack.categories(for: type.id)
        if !categories.isEmpty { ticket.category = random.pick(categories).id }
        if random.happens(perMille: 400) {
            ticket.customer = .init(
                name: "\(FormFiller.canary) \(random.below(5_000))",
                phone: "139\(10_000_000 + random.below(80_000_000))")
        }
        let asked = ticket
        let (identifier, customer) = (sites[site].identifier(), sites[site].identifier())
        if sites[site].bug == .logsCustomers, let name = asked.customer?.name {
            sites[site].log("a ticket is opened for \(name)")
        }
        act(at: site, actor: clerk(site)) { desk, session, key in
            try desk.open(asked, key: key, identifier: identifier, customerIdentifier: customer, in: &session)
        } done: { [self] written in
            guard let written else { return }
            plan(written.row.id.text, type.id, at: site)
        }
    }

    func clerk(_ site: Int) -> String { "clerk@\(sites[site].id.text)" }

    private func plan(_ name: String, _ type: String, at site: Int) {
        let index = tickets.count
        tickets.append(TicketRecord(name: name, type: type, home: site, left: max(0, settings.changesPerTicket - 1)))
        if hasProcedures { lookNext(index) } else { workNext(index) }
        planFile(index)
        planPayment(index)
        let habits = habits[site]
        if randoms[site].happens(perMille: settings.refundsPerMille) {
            planRefund(index, isTwice: randoms[site].happens(perMille: habits.refundTwice))
        }
        if sites.count > 2, randoms[site].happens(perMille: habits.transfers) { planTransfer(index, isShared: false) }
        if randoms[site].happens(perMille: habits.twoBranches) {
            if sites.count > 2, randoms[site].happens(perMille: 500) {
                planTransfer(index, isShared: true)
            } else {
                planMeeting(index)
            }
        }
        if randoms[site].happens(perMille: habits.closeAgainstEscalate) { planContradiction(index) }
    }

    /// A file of rows comes in at a branch, fifty a job as a node does it.
    func importRows(_ count: Int64, at site: Int, source: String) {
        var left = count
        var first: Int64 = 0
        while left > 0 {
            let part = min(left, 50)
            importPart(first..<(first + part), at: site, source)
            first += part
            left -= part
        }
        watcher.mark(.bulkImport)
    }

    private func importPart(_ rows: Range<Int64>, at site: Int, _ source: String) {
        // Wherever a file is imported, its map makes the same of it.
        var file = kernel.stream(source, "rows from \(rows.lowerBound)")
        let type = file.pick(pack.ticketTypes)
        let tickets = rows.map { row -> (NewTicket, [UInt8], [UInt8]) in
            var fields = FormFiller.fields(of: type, number: Int(row), isComplete: false, &randoms[site])
            if hasProcedures { FormFiller.correct(&fields, of: type, in: pack, &randoms[site]) }
            var ticket = NewTicket(type: type.id, home: sites[site].id, fields: fields)
            ticket.source = .init(name: source, key: "\(row)", content: Array("\(row)".utf8))
            return (ticket, sites[site].identifier(), sites[site].identifier())
        }
        act(at: site, actor: "import@\(sites[site].id.text)") { desk, session, _ in
            var last: Written?
            for (ticket, identifier, customer) in tickets {
                last = try desk.open(
                    ticket, key: nil, identifier: identifier, customerIdentifier: customer, in: &session)
            }
            return last
        }
    }
}
