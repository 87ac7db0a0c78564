extension StandardPack {
    /// Reads a standard pack and lists everything that is wrong with it.
    ///
    /// - Parameter bytes: the pack, UTF-8 JSON of at most ``sizeLimit`` bytes.
    /// - Returns: the pack and no findings, or nil and at least one finding.
    public static func check(_ bytes: [UInt8]) -> (StandardPack?, [Finding]) { check(bytes, numbering: nil) }

    /// The same for a pack that is to be published: two fields on one number are findings too, and states of which the
    /// status says otherwise than "final" whether a ticket is at an end.
    /// - Parameter numbering: how those who keep tickets number their fields.
    public static func check(_ bytes: [UInt8], numbering: FieldNumbering?) -> (StandardPack?, [Finding]) {
        JSONReader.check(bytes, sizeLimit: sizeLimit) { reader in
            PackReading(reader: reader, numbers: numbering.map(NumberBook.init)).pack()
        }
    }

    /// The JSON Schema (draft 2020-12) of packs, made by the code that reads them. That what is named is declared, and
    /// what else one part of a pack says of another, stands in no schema: ``check(_:)`` finds it.
    public static var schema: JSONValue {
        guard case .object(var members) = JSONReader.schema({ PackReading(reader: $0).pack() }) else { return .null }
        members["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        members["title"] = "A standard pack"
        members["description"] =
            """
            The province's rules, which the hub publishes and every branch works by. It may lie in one file, or its \
            lists in several of one folder.
            """
        return .object(members)
    }
}

/// Reads the parts of a pack in an order in which each may name what was read before.
private struct PackReading {
    let reader: JSONReader
    var numbers: NumberBook?
    let book = NameBook()

    func pack() -> StandardPack? {
        reader.explain(Self.meanings)
        let format = reader.format(StandardPack.formats)
        let name = reader.object("name", read: LocalText.init(reading:))
        let version = reader.text("version", .version)
        let (organisation, roleNames) = organisation()
        let procedure = procedure()
        let customers = customers()
        var sources = sources(organisation, procedure, customers)
        sources.sets = fieldSets(sources)
        let scope = TicketType.Scope(
            roles: reader.has("roles") ? roleNames : nil, needsRoles: format >= 2, sources: sources, book: book)
        let types = reader.objects("ticketTypes", count: 1...TicketType.limit) { TicketType(reading: $0, in: scope) }
        var depths: [String: Int] = [:]
        let categories = reader.objects("categories", count: 0...TicketCategory.limit) {
            TicketCategory(reading: $0, book, &depths)
        }
        let refund = reader.object("refund", .optional, read: RefundRule.init(reading:))
        let calendar = reader.object("calendar", .optional, read: ServiceCalendar.init(reading:))
        let limits = reader.objects("limits", count: 0...ClockRule.limit, .optional) { ClockRule(reading: $0, book) }
        let routing = reader.objects("routing", count: 0...RoutingRule.limit, .optional) {
            RoutingRule(reading: $0, book)
        }
        let wordings = reader.objects("wordings", count: 0...ApprovedWording.limit, .optional) {
            ApprovedWording(reading: $0, book)
        }
        let indicators = reader.objects("indicators", count: 0...Indicator.limit, .optional) {
            Indicator(reading: $0, book)
        }
        let notices = notices()
        book.resolveExpected()
        guard let name, let version else { return nil }
        var pack = StandardPack(
            name: name, version: version, ticketTypes: types, categories: categories.withInheritedTypes(),
            refund: refund, calendar: calendar)
        pack.organisation = organisation
        pack.procedure = procedure
        pack.customers = customers
        pack.limits = limits
        pack.routing = routing
        pack.wordings = wordings
        pack.indicators = indicators
        pack.notices = notices
        let check = PackCheck(pack: pack, reader: reader)
        check.report()
        if numbers != nil { check.reportEnds() }
        return pack
    }

    private func notices() -> [NoticeTemplate] {
        var names = UniqueNames("notice")
        return reader.objects("notices", count: 0...NoticeTemplate.limit, .optional) {
            NoticeTemplate(reading: $0, book, &names)
        }
    }

    private func organisation() -> (StandardPack.Organisation, UniqueNames) {
        var names = UniqueNames("role")
        var organisation = StandardPack.Organisation()
        organisation.roles = reader.objects("roles", count: 0...StaffRole.limit, .optional) {
            StaffRole(reading: $0, &names, book)
        }
        organisation.departments = reader.objects(
            "departments", count: 0...StandardPack.Organisation.departmentLimit, .optional
        ) {
            Department(reading: $0, book)
        }
        return (organisation, names)
    }

    private func procedure() -> StandardPack.ProcedureLists {
        var lists = StandardPack.ProcedureLists()
        lists.catalogue = reader.object("catalogue", .optional) { Catalogue(reading: $0, book) }
        lists.pauseReasons = reader.objects("pauseReasons", count: 0...PauseReason.limit, .optional) {
            PauseReason(reading: $0, book)
        }
        lists.steps = reader.objects("steps", count: 0...StepTemplate.limit, .optional) {
            StepTemplate(reading: $0, book, numbers)
        }
        lists.modes = reader.objects("modes", count: 0...ImplementationMode.limit, .optional) {
            ImplementationMode(reading: $0, book)
        }
        return lists
    }

    private func customers() -> StandardPack.CustomerRules {
        var rules = StandardPack.CustomerRules()
        rules.classes = reader.objects(
            "customerClasses", count: 0...StandardPack.CustomerRules.classLimit, .optional
        ) {
            NamedEntry(reading: $0, .customerClass, book)
        }
        rules.grades = reader.objects("grades", count: 0...CustomerGrade.limit, .optional) {
            CustomerGrade(reading: $0, book)
        }
        rules.gradeModel = reader.object("gradeModel", .optional) { GradeModel(reading: $0, book) }
        rules.schemes = reader.objects("accessSchemes", count: 0...AccessScheme.limit, .optional) {
            AccessScheme(reading: $0, book)
        }
        return rules
    }

    private func sources(
        _ organisation: StandardPack.Organisation, _ procedure: StandardPack.ProcedureLists,
        _ customers: StandardPack.CustomerRules
    ) -> FormSources {
        var sources = FormSources()
        sources.numbers = numbers
        sources.options = [
            .accessClasses: procedure.catalogue?.classes.map { FieldOption(id: $0.id, name: $0.name) } ?? [],
            .businesses: procedure.catalogue?.businesses.map(\.option) ?? [],
            .modes: procedure.modes.map { FieldOption(id: $0.id, name: $0.name) },
            .grades: customers.grades.map { FieldOption(id: $0.id, name: $0.name) },
            .customerClasses: customers.classes.map(\.option),
            .departments: organisation.departments.map { FieldOption(id: $0.id, name: $0.name) },
            .pauseReasons: procedure.pauseReasons.map { FieldOption(id: $0.id, name: $0.name) },
            .accessSchemes: customers.schemes.map { FieldOption(id: $0.id, name: $0.name) },
        ]
        return sources
    }

    private func fieldSets(_ sources: FormSources) -> [String: [FormField]] {
        var sets: [String: [FormField]] = [:]
        _ = reader.objects("fieldSets", count: 0...50, .optional) { reader -> Bool in
            reader.explain(["id": "What ticket types name it by", "fields": "The fields that a form begins with"])
            let id = reader.text("id", .identifier)
            book.claim(.fieldSet, id, reader)
            var names = UniqueNames("field")
            let fields = reader.objects("fields", count: 1...TicketType.fieldLimit) {
                FormField(reading: $0, &names, sources)
            }
            if let id { sets[id] = fields }
            return true
        }
        return sets
    }

    private static var meanings: [String: String] {
        [
            "format": "The format of this document: 2", "name": "What people call this standard",
            "version": "What it is called by; one version is one document for ever",
            "roles": "What people may do, and what each may decide by itself", "departments": "Who handles tickets",
            "catalogue": "What may be ordered, by way of access", "pauseReasons": "Why a ticket may be suspended",
            "steps": "Steps within tickets, each after those that it waits for",
            "modes": "Ways in which orders are carried out", "customerClasses": "Kinds of customers",
            "grades": "Grades of customers, the highest first", "gradeModel": "How a grade follows from what is known",
            "accessSchemes": "What is recommended to whom; the first that fits",
            "fieldSets": "Fields that several forms have in common", "ticketTypes": "Forms and processes",
            "categories": "What tickets are about: a tree, each below its parent",
            "refund": "How much may be paid back in one refund; without it none is permitted",
            "calendar": "Which days are worked, and when; needed for limits in days or working hours",
            "limits": "How long the clocks of tickets may run",
            "routing": "Who gets which new tickets; the first that fits",
            "wordings": "What is said to customers in one voice", "indicators": "What the province is judged by",
            "notices": "What customers are told of steps that notify them; the first that fits a step",
        ]
    }
}
