import Replication
import ServiceDesk
import Standards

/// What somebody fills in along with a step, so that it makes sense to the standard's guards.
struct Filling {
    let file: Casefile
    let map: ProcedureMap
    let number: Int
    var random: RandomStream
    var fields: [String: Value] = [:]

    init(file: Casefile, map: ProcedureMap, number: Int, random: RandomStream) {
        self.file = file
        self.map = map
        self.number = number
        self.random = random
    }

    /// What a field will hold.
    func text(_ field: String) -> String? { fields[field].map(Casefile.text) ?? file.text(field) }

    func isFilled(_ field: String) -> Bool { text(field) != nil || file.isFilled(field) }

    /// The field says what the other ticket says.
    mutating func mirror(_ field: String, _ other: EntityRow, _ link: ProcedureMap.Link) {
        let said = other.state[FieldNumbers.field(link.field)]
        if Casefile.text(said) != file.text(field) { fields[field] = said }
    }

    mutating func fill(_ form: FormField) {
        switch form.kind {
        case .time: fields[form.id] = .integer(time(of: form.id))
        case .integer: fields[form.id] = .integer(random.within(1...700))
        default: fields[form.id] = FormFiller.value(of: form, number: number, &random)
        }
    }

    private static let hour: Int64 = 3_600_000

    private func time(of field: String) -> Int64 {
        if map.windowStarts.contains(field) { return file.now + Self.hour }
        if map.windowEnds.contains(field) { return file.now + 24 * Self.hour }
        // What others may rely on is good for a month.
        let isValidity = file.pack.ticketTypes.contains { type in
            type.transitions.flatMap(\.guards).contains { rule in
                if case .linkedIs(_, _, _, field) = rule { true } else { false }
            }
        }
        return isValidity ? file.now + 30 * 24 * Self.hour : file.now
    }

    /// A window that has not come or is over is set anew, to now.
    mutating func openWindow(_ from: String, _ to: String) {
        let begin = text(from).flatMap { Int64($0) } ?? .max
        let end = text(to).flatMap { Int64($0) } ?? 0
        guard file.now < begin || file.now >= end else { return }
        fields[from] = .integer(file.now - 60_000)
        fields[to] = .integer(file.now + 8 * Self.hour)
    }

    /// What only together is right or wrong: the business and its access, the scheme and the kind of customer.
    mutating func reconcile() {
        for rule in file.type.work.rules { Self.reconcile(rule, file.pack, &fields, held: file.text, &random) }
    }

    static func reconcile(
        _ rule: Guard, _ pack: StandardPack, _ fields: inout [String: Value], held: (String) -> String?,
        _ random: inout RandomStream
    ) {
        let fresh = fields
        func text(_ name: String) -> String? { fresh[name].map(Casefile.text) ?? held(name) }
        switch rule {
        case .catalogued(let access, let business):
            guard let catalogue = pack.procedure.catalogue, let named = text(access), let ordered = text(business),
                !catalogue.offers(ordered, over: named)
            else { return }
            if fields[business] != nil, let offered = catalogue.accessClass(named)?.businesses, !offered.isEmpty {
                fields[business] = .text(random.pick(offered))
            } else if let way = catalogue.classes.first(where: { $0.businesses.contains(ordered) }) {
                fields[access] = .text(way.id)
            }
        case .recommended(let scheme, let customerClass, let unless):
            guard let chosen = text(scheme), text(unless) == nil,
                let best = pack.customers.scheme(for: text(customerClass), text), best.id != chosen
            else { return }
            fields[unless] = .text("the customer wants it so")
        default: return
        }
    }
}
