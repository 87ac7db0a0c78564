extension BranchOverlay {
    /// Reads an overlay and lists everything that is wrong with it.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 JSON of at most ``sizeLimit`` bytes.
    ///   - pack: the standard in force at the branch: what is named must be in it, and no limit may be looser.
    /// - Returns: the overlay and no findings, or nil and at least one finding.
    public static func check(_ bytes: [UInt8], beside pack: StandardPack) -> (BranchOverlay?, [Finding]) {
        JSONReader.check(bytes, sizeLimit: sizeLimit) { OverlayReading(reader: $0, pack: pack).overlay() }
    }

    /// Reads one that was checked before, beside whatever standard was in force then.
    public static func read(_ bytes: [UInt8]) -> BranchOverlay? {
        JSONReader.check(bytes, sizeLimit: sizeLimit) { OverlayReading(reader: $0, pack: nil).overlay() }.0
    }

    /// The JSON Schema (draft 2020-12) of overlays.
    public static var schema: JSONValue { JSONReader.schema { OverlayReading(reader: $0, pack: nil).overlay() } }
}

private struct OverlayReading {
    let reader: JSONReader
    /// Nil where nothing is compared.
    let pack: StandardPack?

    func overlay() -> BranchOverlay? {
        reader.explain([
            "format": "The format of this document: 1", "limits": "Stricter limits than the province's",
            "teams": "The branch's teams", "rota": "Who is on duty when",
            "routing": "Which team gets which new tickets; the first that fits",
            "localHolidays": "Days that are free here beside the province's; they count for the branch's limits only",
            "localShifts": "When people are at work here; the province's hours when left out",
            "wordings": "What is added locally to an approved wording",
        ])
        reader.format(1)
        var overlay = BranchOverlay()
        overlay.limits = reader.objects("limits", count: 0...ClockRule.limit, .optional, read: limit)
        var names = UniqueNames("team")
        overlay.teams = reader.objects("teams", count: 0...BranchOverlay.teamLimit, .optional) { team($0, &names) }
        overlay.rota = reader.objects("rota", count: 0...BranchOverlay.rotaLimit, .optional) { duty($0, names) }
        overlay.routing = reader.objects("routing", count: 0...RoutingRule.limit, .optional) { route($0, names) }
        overlay.holidays = holidays()
        overlay.shifts = reader.objects(
            "localShifts", count: 0...ServiceCalendar.shiftLimit, .optional, read: Shift.init(reading:)
        ).sorted { $0.from < $1.from }
        for (shift, next) in zip(overlay.shifts, overlay.shifts.dropFirst()) where next.from < shift.to {
            reader.report("localShifts", "has windows that overlap", "let each begin when the one before has ended")
        }
        overlay.wordings = reader.objects("wordings", count: 0...ApprovedWording.limit, .optional, read: supplement)
        return overlay
    }

    private func limit(_ reader: JSONReader) -> BranchOverlay.Limit? {
        reader.explain(["limit": "The limit of the standard that it is stricter than", "time": "How long here"])
        let name = reader.text("limit", .identifier)
        let time = reader.object("time", read: TimeLimit.init(reading:))
        guard let name, let time else { return nil }
        if let pack { compare(name, time, pack, reader) }
        return BranchOverlay.Limit(limit: name, time: time)
    }

    /// Looser is refused, and the province's value named.
    private func compare(_ name: String, _ time: TimeLimit, _ pack: StandardPack, _ reader: JSONReader) {
        guard let rule = pack.limits.first(where: { $0.id == name }) else {
            reader.report(
                "limit", "names the limit \(Finding.quote(name)), which the standard does not have",
                NearestWord.hint(for: name, among: pack.limits.map(\.id)))
            return
        }
        guard let province = rule.limit, rule.measure == .maximum else {
            reader.report("limit", "is none that a clock runs against", "choose another")
            return
        }
        let calendar = pack.calendar ?? ServiceCalendar(years: [], shifts: [])
        if !LooseLimits(limits: [], calendar: calendar).isAtMost(time, province) {
            reader.report(
                "time", "is looser than the province's, which is \(province)",
                "make it at most as long, or leave it out")
        }
    }

    private func team(_ reader: JSONReader, _ names: inout UniqueNames) -> BranchOverlay.Team? {
        reader.explain([
            "id": "What routes and the rota name it by", "name": "What people call it",
            "department": "The department that it belongs to", "members": "Who belongs to it",
        ])
        let id = reader.text("id", .identifier)
        if let id { names.claim(id, at: reader.path(of: "id"), reader.log) }
        let name = reader.object("name", read: LocalText.init(reading:))
        let department = reader.text("department", .identifier)
        if let pack, let department, !pack.organisation.departments.contains(where: { $0.id == department }) {
            reader.report(
                "department", "names the department \(Finding.quote(department)), which the standard does not have",
                NearestWord.hint(for: department, among: pack.organisation.departments.map(\.id)))
        }
        let members = reader.texts("members", .line(100), count: 0...BranchOverlay.memberLimit, .optional)
        guard let id, let name, let department else { return nil }
        return BranchOverlay.Team(id: id, name: name, department: department, members: members)
    }

    private func duty(_ reader: JSONReader, _ names: UniqueNames) -> BranchOverlay.Duty? {
        reader.explain([
            "team": "Whose duty it is", "person": "Who is on duty", "from": "When it begins, with its zone",
            "to": "When it ends",
        ])
        let team = reader.text("team", .identifier)
        NameBook.resolve(team, "team", among: names, "team", reader)
        let person = reader.text("person", .line(100))
        let from = time("from", reader)
        let to = time("to", reader)
        guard let team, let person, let from, let to else { return nil }
        if to <= from { reader.report("to", "is not after the beginning", "write the end of the duty") }
        return BranchOverlay.Duty(team: team, person: person, from: from, to: to)
    }

    private func time(_ key: String, _ reader: JSONReader) -> Int64? {
        guard let text = reader.text(key, .anything(40)) else { return nil }
        guard let time = InstantText.milliseconds(text) else {
            reader.report(key, "is no time with its zone", "write it as \(InstantText.example)")
            return nil
        }
        return time
    }

    private func route(_ reader: JSONReader, _ names: UniqueNames) -> BranchOverlay.TeamRoute? {
        reader.explain([
            "types": "The ticket types; all when left out", "categories": "Each with all below it; all when left out",
            "when": "What must be so beside", "team": "Which team gets them",
        ])
        let types = reader.texts("types", .identifier, count: 0...TicketType.limit, .optional)
        let categories = reader.texts("categories", .identifier, count: 0...TicketCategory.limit, .optional)
        let conditions = Condition.list(reading: reader)
        let team = reader.text("team", .identifier)
        NameBook.resolve(team, "team", among: names, "team", reader)
        if let pack {
            for type in types where pack.ticketType(type) == nil {
                reader.report(
                    "types", "names the ticket type \(Finding.quote(type)), which the standard does not have",
                    NearestWord.hint(for: type, among: pack.ticketTypes.map(\.id)))
            }
            for category in categories where pack.category(category) == nil {
                reader.report(
                    "categories", "names the category \(Finding.quote(category)), which the standard does not have",
                    NearestWord.hint(for: category, among: pack.categories.map(\.id)))
            }
        }
        guard let team else { return nil }
        return BranchOverlay.TeamRoute(types: types, categories: categories, conditions: conditions, team: team)
    }

    private func holidays() -> Set<CivilDate> {
        var days: Set<CivilDate> = []
        for text in reader.texts("localHolidays", .anything(20), count: 0...BranchOverlay.holidayLimit, .optional) {
            guard let day = CivilDate(text: text) else {
                reader.report(
                    "localHolidays", "holds \(Finding.quote(text)), which is no day", "write it as 2026-02-14")
                continue
            }
            days.insert(day)
        }
        return days
    }

    private func supplement(_ reader: JSONReader) -> BranchOverlay.Supplement? {
        reader.explain([
            "wording": "The approved wording that it is added to", "zh": "In Chinese", "en": "In English",
        ])
        let wording = reader.text("wording", .identifier)
        if let pack, let wording, !pack.wordings.contains(where: { $0.id == wording }) {
            reader.report(
                "wording", "names the wording \(Finding.quote(wording)), which the standard does not have",
                NearestWord.hint(for: wording, among: pack.wordings.map(\.id)))
        }
        let zh = reader.text("zh", .line(ApprovedWording.lengthLimit))
        let en = reader.text("en", .line(ApprovedWording.lengthLimit))
        guard let wording, let zh, let en else { return nil }
        return BranchOverlay.Supplement(wording: wording, zh: zh, en: en)
    }
}
