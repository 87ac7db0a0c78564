/// What a pack's parts say of one another, looked at when all of them have been read.
struct PackCheck {
    let pack: StandardPack
    let reader: JSONReader

    func report() {
        reportFields()
        reportLoops()
        reportCatalogue()
        reportUnits()
        reportNotices()
        let calendar = pack.calendar ?? ServiceCalendar(years: [], shifts: [])
        LooseLimits(limits: pack.limits, calendar: calendar).report(to: reader.log)
    }

    /// Of a pack that is to be published: whether a ticket is at an end is said by its state's status, by which open
    /// tickets are counted, and by "final", by which they are listed and worked. What was published before is read as
    /// it is, or its tickets could not be.
    func reportEnds() {
        for (place, type) in pack.ticketTypes.enumerated() {
            for (index, state) in type.states.enumerated() where state.isFinal != state.status.isEnd {
                let name = "the state \(Finding.quote(state.id)) of the type \(Finding.quote(type.id))"
                let status = Finding.quote(state.status.rawValue)
                let ends = TicketStatus.allCases.filter(\.isEnd).map(\.rawValue).joined(separator: ", ")
                reader.log.add(
                    "/ticketTypes/\(place)/states/\(index)",
                    state.isFinal
                        ? "\(name) is final, but its status \(status) is not an end"
                        : "\(name) has the status \(status), which is an end, but is not final",
                    state.isFinal
                        ? "give it one of the statuses \(ends), or leave \"final\" out"
                        : "mark it \"final\": true, or give it a status that is none of \(ends)")
            }
        }
    }

    /// Limits and routes name fields of the forms that they are for.
    private func reportFields() {
        for (place, rule) in pack.limits.enumerated() {
            for type in rule.types.compactMap(pack.ticketType) {
                for name in rule.conditions.map(\.field) + [rule.hoursField, rule.until].compactMap(\.self)
                where type.field(name) == nil && name != "category" {
                    reader.log.add(
                        "/limits/\(place)", "names the field \(Finding.quote(name)), which \(type.id) does not have",
                        NearestWord.hint(for: name, among: type.fields.map(\.id)))
                }
            }
        }
        let known = Set(pack.ticketTypes.flatMap { $0.fields.map(\.id) })
        for (place, rule) in pack.routing.enumerated() {
            for name in rule.conditions.map(\.field) where !known.contains(name) {
                reader.log.add(
                    "/routing/\(place)", "names the field \(Finding.quote(name)), which no form has",
                    NearestWord.hint(for: name, among: known.sorted()))
            }
        }
    }

    /// A notice is of steps that tell the customer: of any other it would never be sent.
    private func reportNotices() {
        for (place, notice) in pack.notices.enumerated() {
            let types = pack.ticketTypes.filter { notice.types.isEmpty || notice.types.contains($0.id) }
            let told = Set(types.flatMap { $0.transitions.filter(\.notifies).map(\.name) })
            for name in notice.transitions where !told.contains(name) {
                reader.log.add(
                    "/notices/\(place)",
                    "names the step \(Finding.quote(name)), of which its ticket types tell no customer",
                    "mark the step with \"notify\", or \(NearestWord.hint(for: name, among: told.sorted()))")
            }
        }
    }

    /// A ticket may open others, and these others; none of them the first again, or work would never end.
    private func reportLoops() {
        let opened = Dictionary(
            pack.ticketTypes.map { ($0.id, Set($0.transitions.flatMap(\.opens)).sorted()) },
            uniquingKeysWith: { first, _ in first })
        for (place, type) in pack.ticketTypes.enumerated() {
            var seen: Set<String> = []
            var next = opened[type.id] ?? []
            while let one = next.popLast() {
                guard seen.insert(one).inserted else { continue }
                next += opened[one] ?? []
            }
            if seen.contains(type.id) {
                reader.log.add(
                    "/ticketTypes/\(place)", "a ticket of type \(Finding.quote(type.id)) can come to open itself again",
                    "take one of the \"opens\" out: \(seen.sorted().joined(separator: ", ")) hang together")
            }
        }
    }

    /// Nothing is said of a business over a way of access that does not carry it.
    private func reportCatalogue() {
        guard let catalogue = pack.procedure.catalogue else { return }
        let fields = orderFields
        func report(_ conditions: [Condition], at path: String) {
            for order in fields {
                guard let classes = conditions.first(where: { $0.field == order.accessClass }),
                    let businesses = conditions.first(where: { $0.field == order.business })
                else { continue }
                for name in businesses.choices
                where !classes.choices.contains(where: { catalogue.offers(name, over: $0) }) {
                    reader.log.add(
                        path,
                        "the business \(Finding.quote(name)) is outside \(classes.choices.joined(separator: ", "))",
                        "name a way of access that carries it, or add it to the catalogue")
                }
            }
        }
        for (place, rule) in pack.limits.enumerated() { report(rule.conditions, at: "/limits/\(place)/when") }
        for (place, rule) in pack.routing.enumerated() { report(rule.conditions, at: "/routing/\(place)/when") }
    }

    /// The fields in which an order names a way of access and a business.
    private struct OrderFields: Equatable {
        let accessClass: String
        let business: String
    }

    private var orderFields: [OrderFields] {
        let guards = pack.ticketTypes.flatMap { $0.work.rules + $0.transitions.flatMap(\.guards) }
        var found: [OrderFields] = []
        for case .catalogued(let accessClass, let business) in guards {
            let fields = OrderFields(accessClass: accessClass, business: business)
            if !found.contains(fields) { found.append(fields) }
        }
        return found
    }

    private func reportUnits() {
        guard pack.calendar == nil else { return }
        let byClock: Set<TimeLimit.Unit> = [.naturalMinutes, .naturalHours]
        for (place, rule) in pack.limits.enumerated() where rule.limit.map({ !byClock.contains($0.unit) }) ?? false {
            reader.log.add(
                "/limits/\(place)/limit", "is counted in days or shifts, but this pack has no calendar",
                "add \"calendar\", or write natural hours")
        }
    }
}
