import Replication
import ServiceDesk
import Standards

/// How one snapshot of a site puts sites, times, fields and values into words.
struct Wording {
    let store: SiteStore
    let life: Life
    private let shelf: PackShelf
    private let zone: TimeText

    init(_ store: SiteStore, of site: Site) throws {
        self.init(store, life: try store.life(), shelf: site.domain.shelf, timeZone: site.configuration.timeZone)
    }

    /// - Parameter life: as a transaction has it that has not saved it yet.
    init(_ store: SiteStore, life: Life, shelf: PackShelf, timeZone: String) {
        self.store = store
        self.life = life
        self.shelf = shelf
        zone = TimeText(timeZone)
    }

    /// - Parameter milliseconds: since 1970; 0 stands for never.
    func time(_ milliseconds: Int64) -> JSONValue { milliseconds == 0 ? .null : .string(zone.text(milliseconds)) }

    func time(_ stamp: Stamp) -> JSONValue { .string(zone.text(stamp.milliseconds)) }

    /// The site behind an origin; the origin itself while the directory does not name it.
    func site(of origin: OriginID) throws -> JSONValue {
        if let site = try store.site(of: origin) { return .string(site.text) }
        return .string(origin == life.origin ? life.site.text : origin.description)
    }

    /// The words of a ticket's form, from the standard that it was opened under.
    func words(of row: EntityRow) throws -> FieldWords {
        guard let pack = try pack(of: row) else { return FieldWords([], zone) }
        let type = row.state[TicketField.type].textValue.flatMap { pack.ticketType($0) }
        return FieldWords((type.map { [$0] } ?? pack.ticketTypes).flatMap(\.fields), zone)
    }

    /// The words of every form of the standard in force.
    func wordsInForce(at milliseconds: Int64) throws -> FieldWords {
        let pack = try shelf.current(in: store, at: milliseconds)?.pack
        return FieldWords((pack?.ticketTypes ?? []).flatMap(\.fields), zone)
    }

    /// The departments of the standard in force.
    func departments(at milliseconds: Int64) throws -> [Department] {
        try shelf.current(in: store, at: milliseconds)?.pack.organisation.departments ?? []
    }

    /// How the standard in force grades customers.
    func customerRules(at milliseconds: Int64) throws -> StandardPack.CustomerRules {
        try shelf.current(in: store, at: milliseconds)?.pack.customers ?? StandardPack.CustomerRules()
    }

    /// The type of a ticket, from the standard that it was opened under; nil while that is not here.
    func type(of row: EntityRow) throws -> TicketType? {
        guard let pack = try pack(of: row) else { return nil }
        return row.state[TicketField.type].textValue.flatMap { pack.ticketType($0) }
    }

    /// The clocks of a ticket; nil while its standard is not here.
    func timing(of row: EntityRow, at now: Int64) throws -> TicketTiming? {
        try TicketTiming(of: row, in: store, shelf: shelf, at: now)
    }

    /// The standard that a ticket was opened under; see ``OpeningStandard``.
    func standard(of row: EntityRow) throws -> OpeningStandard? {
        try OpeningStandard(of: row, in: store, shelf: shelf)
    }

    /// The standard of a ticket and its type in it; nil while that is not here.
    func standing(of row: EntityRow) throws -> (StandardPack, TicketType)? {
        guard let pack = try pack(of: row) else { return nil }
        return row.state[TicketField.type].textValue.flatMap { pack.ticketType($0) }.map { (pack, $0) }
    }

    private func pack(of row: EntityRow) throws -> StandardPack? {
        let name = row.state[TicketField.pack].bytesValue.flatMap { EntityID(kind: .standard, bytes: $0) }
        return try name.flatMap { try shelf.pack($0, in: store) }
    }

    func version(of row: EntityRow) -> RowVersion { RowVersion(origin: life.origin, version: row.version) }

    /// Whether no other place has all of the entity yet: at the hub that is for its branches to say.
    func isOnlyHere(_ row: EntityRow) -> Bool {
        !life.isHub && row.state.vector[life.origin] > life.acknowledged.number
    }
}

/// The names of fields, from their numbers.
struct FieldWords {
    private let names: [Field: String]
    private let labels: [Field: LocalText]
    private let times: Set<Field>
    private let zone: TimeText

    init(_ fields: [FormField], _ zone: TimeText) {
        self.zone = zone
        times = Set(
            fields.filter { $0.kind == .time }.map { FieldNumbers.field($0.id) } + [
                TicketField.openedAt, TicketField.sourceTime,
            ])
        names = Dictionary(fields.map { (FieldNumbers.field($0.id), $0.id) }, uniquingKeysWith: { first, _ in first })
        labels = Dictionary(
            fields.map { (FieldNumbers.field($0.id), $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    func name(_ field: Field) -> String {
        FieldNumbers.name(field) ?? names[field] ?? "field \(field.rawValue)"
    }

    func json(_ field: Field) -> JSONValue { .string(name(field)) }

    /// What people call a field, in both languages: as the standard does, where it names it.
    func label(_ field: Field) -> LocalText {
        let name = name(field)
        return labels[field] ?? FieldLabels.label(field) ?? LocalText(zh: name, en: name)
    }

    /// A field's value; a time as RFC 3339.
    func json(_ value: Value, of field: Field) -> JSONValue {
        guard times.contains(field), let time = value.integerValue else { return value.json }
        return .string(zone.text(time))
    }
}

extension Value {
    /// As a client is shown it; bytes, which name other entities, in hexadecimal.
    var json: JSONValue {
        switch self {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .integer(let integer): .integer(integer)
        case .text(let text): .string(text)
        case .bytes(let bytes): .string(Secrets.hex(bytes))
        }
    }
}

extension ChangeReference {
    var json: JSONValue { .string(description) }
}

extension LocalText {
    init(_ entry: DirectoryEntry) { self.init(zh: entry.nameZH, en: entry.nameEN) }
}
