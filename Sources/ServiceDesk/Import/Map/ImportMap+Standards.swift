import Standards

extension ImportMap {
    /// What does not fit a standard pack and a topology: types, fields, states, categories, options and sites that
    /// they do not know. Values that only the file knows are judged row by row when tickets are made.
    public func findings(pack: StandardPack, topology: Topology) -> [Finding] {
        let log = FindingLog()
        let types = possibleTypes(pack, log)
        for site in home.sites where topology.site(site) == nil {
            log.add(
                "/home", "names the site \(Finding.quote(site)), which is not in the topology",
                NearestWord.hint(for: site, among: topology.sites.map(\.id)))
        }
        for field in fields {
            let path = Finding.path("/fields", field.name)
            for type in types { check(field, path, type, pack, log) }
        }
        return log.findings
    }

    /// The types its rows can have; all of them when only the file knows.
    private func possibleTypes(_ pack: StandardPack, _ log: FindingLog) -> [TicketType] {
        let stated = type.statedValues.compactMap(\.textValue)
        for name in stated where pack.ticketType(name) == nil {
            log.add(
                "/type", "names the ticket type \(Finding.quote(name)), which the pack does not know",
                NearestWord.hint(for: name, among: pack.ticketTypes.map(\.id)))
        }
        return type.isOpen ? pack.ticketTypes : pack.ticketTypes.filter { stated.contains($0.id) }
    }

    /// Texts that every ticket may have, whether its form names them or not.
    private static let commonFields = ["subject", "description", "assignee"]

    private func check(_ field: Field, _ path: String, _ type: TicketType, _ pack: StandardPack, _ log: FindingLog) {
        for state in field.rule.states ?? [] where type.state(state) == nil {
            log.add(
                path, "is read only in the state \(Finding.quote(state)), which \(type.id) does not have",
                NearestWord.hint(for: state, among: type.states.map(\.id)))
        }
        switch field.name {
        case "state":
            check(field, path, "state of \(type.id)", among: type.states.map(\.id), log)
        case "category":
            check(field, path, "category of \(type.id)", among: pack.categories(for: type.id).map(\.id), log)
        case let name where Self.timeFields.contains(name):
            break
        case let name where Self.commonFields.contains(name) && type.field(name) == nil:
            break
        default:
            guard let formField = type.field(field.name) else {
                let known = Self.ticketFields + type.fields.map(\.id)
                log.add(
                    path, "is not a field of \(type.id)", NearestWord.hint(for: field.name, among: known))
                return
            }
            check(field, path, against: formField, log)
        }
    }

    private func check(
        _ field: Field, _ path: String, _ what: String, among known: [String], _ log: FindingLog
    ) {
        for value in field.rule.statedValues {
            guard let word = value.textValue else {
                log.add(path, "must name a \(what)", "give a text")
                continue
            }
            if !known.contains(word) {
                log.add(
                    path, "names \(Finding.quote(word)), which is no \(what)",
                    NearestWord.hint(for: word, among: known))
            }
        }
    }

    private func check(_ field: Field, _ path: String, against formField: FormField, _ log: FindingLog) {
        if formField.kind == .choice {
            check(field, path, "option of \(formField.id)", among: formField.options.map(\.id), log)
        }
        let fits =
            field.rule.statedValues.allSatisfy { $0.fits(formField.kind) }
            && (!field.rule.isOpen || field.rule.kind.fits(formField.kind))
        if !fits {
            log.add(
                path, "gives values that the field of kind \(formField.kind.rawValue) cannot hold",
                "translate them with \"values\", \"kind\" or \"format\"")
        }
    }
}

extension ImportValue {
    fileprivate func fits(_ kind: FormField.Kind) -> Bool {
        switch self {
        case .text: kind == .text || kind == .choice
        case .integer: kind == .integer
        case .boolean: kind == .boolean
        case .time: kind == .time
        }
    }
}

extension ValueRule.Kind {
    fileprivate func fits(_ kind: FormField.Kind) -> Bool {
        switch self {
        case .text: kind == .text || kind == .choice
        case .integer: kind == .integer
        case .time: kind == .time
        }
    }
}
