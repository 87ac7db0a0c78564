extension Guard {
    public static let limit = 20
    public static let spacingLimit = 100_000

    /// What a guard may refer to.
    struct Scope {
        let fields: UniqueNames
        let book: NameBook
    }

    /// Reads `{"guard": "fieldIs", "field": "result", "values": ["available"]}`.
    static func list(reading reader: JSONReader, _ key: String, in scope: Scope) -> [Guard] {
        reader.objects(key, count: 0...limit, .optional) { reader in
            reader.variant("guard", of: GuardName.self) { name, reader in
                reader.explain(["guard": name.meaning].merging(meanings) { one, _ in one })
                return GuardReader(reader: reader, scope: scope).read(name)
            }
        }
    }

    private static let meanings = [
        "field": "A field", "values": "The values, as texts", "requires": "What must be filled in then",
        "atLeast": "The number", "set": "A set of texts", "of": "A set of texts", "unless": "A field with a reason",
        "types": "Ticket types", "type": "A ticket type", "link": "A field with the number of a ticket",
        "validUntil": "A field of that ticket with a time", "from": "A field with a time", "to": "A field with a time",
        "accessClass": "The field with the way of access", "business": "The field with the business",
        "scheme": "The field with the access scheme", "customerClass": "The field with the customer's class",
        "authority": "What kind of decision it is", "roles": "Who may go on with a reason; anybody when left out",
        "than": "A transition of this type", "minutes": "How long",
    ]
}

/// Reads what each guard needs.
private struct GuardReader {
    let reader: JSONReader
    let scope: Guard.Scope

    func read(_ name: GuardName) -> Guard? {
        switch name {
        case .fieldIs: both(field("field"), values) { .fieldIs(field: $0, values: $1) }
        case .fieldIsNot: both(field("field"), values) { .fieldIsNot(field: $0, values: $1) }
        case .requiredWhen:
            both(both(field("field"), values) { ($0, $1) }, fields("requires")) {
                .requiredWhen(field: $0.0, values: $0.1, requires: $1)
            }
        case .requiredFrom: requiredFrom()
        case .covers:
            both(both(field("set"), field("of")) { ($0, $1) }, both(optionalField("unless"), roles) { ($0, $1) }) {
                .covers(set: $0.0, of: $0.1, unless: $1.0, roles: $1.1)
            }
        case .childrenFinal: .childrenFinal(types: types())
        case .childIs: both(type(), foreign()) { .childIs(type: $0, field: $1.field, values: $1.values) }
        case .linkedIs: linkedIs()
        case .within: both(field("from"), field("to")) { .within(from: $0, to: $1) }
        case .catalogued:
            both(field("accessClass"), field("business")) { .catalogued(accessClass: $0, business: $1) }
        case .recommended:
            both(both(field("scheme"), field("customerClass")) { ($0, $1) }, field("unless")) {
                .recommended(scheme: $0.0, customerClass: $0.1, unless: $1)
            }
        case .differentPerson: reader.text("than", .identifier).map { .differentPerson(than: $0) }
        case .spaced: reader.integer("minutes", in: 1...Guard.spacingLimit).map { .spaced(minutes: $0) }
        case .withinAuthority:
            both(field("field"), reader.choice("authority", of: AuthorityKind.self)) {
                .withinAuthority(field: $0, kind: $1)
            }
        case .knownCircuit: optionalField("unless").map { .knownCircuit(unless: $0) }
        case .stepsDone: .stepsDone
        case .reviewPassed: .reviewPassed
        case .reviewVetoed: .reviewVetoed
        case .atOwner: .atOwner
        case .atProvince: .atProvince
        case .noHandOver: .noHandOver
        }
    }

    private func requiredFrom() -> Guard? {
        let number = both(field("field"), reader.integer("atLeast", in: 0...1_000_000)) { ($0, $1) }
        return both(number, both(field("requires"), values) { ($0, $1) }) {
            .requiredFrom(field: $0.0, atLeast: $0.1, requires: $1.0, values: $1.1)
        }
    }

    private func linkedIs() -> Guard? {
        let foreign = foreign()
        let validUntil = reader.text("validUntil", .identifier, .optional)
        return field("link").map {
            .linkedIs(link: $0, field: foreign?.field ?? "", values: foreign?.values ?? [], validUntil: validUntil)
        }
    }

    /// Asks for both before it gives up on either.
    private func both<One, Two, Result>(_ one: One?, _ two: Two?, _ make: (One, Two) -> Result) -> Result? {
        guard let one, let two else { return nil }
        return make(one, two)
    }

    private var values: [String]? {
        reader.texts("values", .anything(100), count: 1...Condition.valueLimit)
    }

    private func field(_ key: String) -> String? {
        let name = reader.text(key, .identifier)
        NameBook.resolve(name, "field", among: scope.fields, key, reader)
        return name
    }

    /// - Returns: what was read within an optional: a key that is not there is nothing wrong.
    private func optionalField(_ key: String) -> String?? {
        let name = reader.text(key, .identifier, .optional)
        NameBook.resolve(name, "field", among: scope.fields, key, reader)
        return .some(name)
    }

    private var roles: [String]? {
        let names = reader.texts("roles", .identifier, count: 0...StaffRole.limit, .optional)
        for name in names { scope.book.resolve(name, .role, "roles", reader) }
        return names
    }

    private func fields(_ key: String) -> [String]? {
        let names = reader.texts(key, .identifier, count: 1...TicketType.fieldLimit)
        for name in names { NameBook.resolve(name, "field", among: scope.fields, key, reader) }
        return names
    }

    /// A field of another ticket type, whose form is not looked at here.
    private func foreign() -> (field: String, values: [String])? {
        both(reader.text("field", .identifier), values) { ($0, $1) }
    }

    private func type() -> String? {
        let name = reader.text("type", .identifier)
        scope.book.expect(name, .ticketType, "type", reader)
        return name
    }

    private func types() -> [String] {
        let names = reader.texts("types", .identifier, count: 1...TicketType.limit)
        for name in names { scope.book.expect(name, .ticketType, "types", reader) }
        return names
    }
}
