import Replication
import ServiceDesk
import Standards

/// What is done with a ticket after it was taken.
extension People {
    /// Hours pass between one change of a ticket and the next.
    private static let pace = VirtualTime.hours(5)
    private static let mistakesPerMille: Int64 = 30

    func workNext(_ index: Int) {
        guard tickets[index].left > 0 else { return }
        let site = tickets[index].home
        kernel.after(randoms[site].untilNext(mean: Self.pace), "work", site: site) { [unowned self] in
            guard kernel.now < ends else { return }
            tickets[index].left -= 1
            let isProvinces = randoms[site].happens(perMille: settings.provincePerMille)
            work(on: index, at: isProvinces ? 0 : tickets[index].home)
            workNext(index)
        }
    }

    /// One change: a step, a field, or a note.
    func work(on index: Int, at site: Int) {
        let ticket = tickets[index]
        let pack = pack
        let number = number()
        var random = RandomStream(seed: kernel.seed, entity: ticket.name, purpose: "work \(number)")
        let choice = random.weighted([55, 30, 15])
        let drawn = random
        var slips = RandomStream(seed: kernel.seed, entity: ticket.name, purpose: "slip \(number)")
        // Now and then somebody names a step that is not open.
        let isMistaken = slips.happens(perMille: Self.mistakesPerMille)
        act(at: site, actor: site == 0 ? "province" : clerk(site)) { desk, session, key in
            var random = drawn
            let row = try desk.ticket(ticket.name)
            guard let type = pack.ticketType(ticket.type) else { return nil }
            let state = row.state.stageName
            let steps = isMistaken ? type.transitions : type.transitions(from: state)
            let action: TicketAction
            if choice == 0, !steps.isEmpty {
                let step = random.pick(steps)
                var fields: [String: Value] = [:]
                for name in step.requires {
                    if let field = type.field(name) {
                        fields[name] = FormFiller.value(of: field, number: number, &random)
                    } else {
                        fields[name] = .text("person \(random.below(40))")
                    }
                }
                action = .transition(step.name, fields: fields)
            } else if choice == 2 {
                action = .note(Note(text: "note \(number)"))
            } else {
                action = .assign(["assignee": .text("person \(random.below(40))")])
            }
            return try desk.act(action, on: ticket.name, shown: nil, key: key, in: &session).written
        }
    }

    /// The home branch and the province change the same field without having heard of each other.
    func planMeeting(_ index: Int) {
        let site = tickets[index].home
        kernel.after(randoms[site].untilNext(mean: .hours(3)), "meeting", site: site) { [unowned self] in
            guard kernel.now < ends else { return }
            watcher.mark(.editedWithProvince)
            for place in [tickets[index].home, 0] { assign(index, at: place) }
        }
    }

    func assign(_ index: Int, at site: Int) {
        let name = tickets[index].name
        let person = "person \(randoms[site].below(1_000))"
        act(at: site, actor: site == 0 ? "province" : clerk(site)) { desk, session, key in
            try desk.act(
                .assign(["assignee": .text(person)]), on: name, shown: nil, key: key, in: &session
            ).written
        }
    }

    /// Two different steps are taken from one state, here and at the province.
    func planContradiction(_ index: Int) {
        let site = tickets[index].home
        kernel.after(randoms[site].untilNext(mean: .hours(4)), "contradiction", site: site) { [unowned self] in
            guard kernel.now < ends else { return }
            watcher.mark(.stepAgainstStep)
            step(index, at: tickets[index].home, pick: 0)
            step(index, at: 0, pick: 1)
        }
    }

    private func step(_ index: Int, at site: Int, pick: Int) {
        let ticket = tickets[index]
        let pack = pack
        let number = number()
        let drawn = RandomStream(seed: kernel.seed, entity: ticket.name, purpose: "step \(number)")
        act(at: site, actor: site == 0 ? "province" : clerk(site)) { desk, session, key in
            var random = drawn
            let row = try desk.ticket(ticket.name)
            guard let type = pack.ticketType(ticket.type) else { return nil }
            let steps = type.transitions(from: row.state.stageName)
            guard !steps.isEmpty else { return nil }
            let step = steps[pick % steps.count]
            var fields: [String: Value] = [:]
            for name in step.requires {
                fields[name] =
                    type.field(name).map { FormFiller.value(of: $0, number: number, &random) } ?? .text("person 1")
            }
            return try desk.act(
                .transition(step.name, fields: fields), on: ticket.name, shown: nil, key: key, in: &session
            ).written
        }
    }
}

extension WriteOutcome {
    /// What was written; nil when something had changed since it was shown.
    var written: Written? {
        if case .written(let written) = self { written } else { nil }
    }
}
