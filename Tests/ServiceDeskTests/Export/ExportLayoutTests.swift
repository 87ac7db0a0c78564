import Replication
import Standards
import Testing

@testable import ServiceDesk

@Suite("The columns of exports and their maps")
struct ExportLayoutTests {
    @Test("a form's field that is called like a column of ours gets a name of its own, and no column is there twice")
    func names() throws {
        let province = try DeskProvince()
        let words = ["number", "state", "version", "otherFields", "change", "plain"]
        try province.publish(
            DeskPack.withComplaintFields(words.map { DeskPack.field($0) }, version: "2026.2"), at: province.hub)
        try province.converge()
        var fields: [String: Value] = ["subject": .text("a")]
        for word in words { fields[word] = .text("of the form: \(word)") }
        try province.open(at: province.yinchuan, fields)
        let layout = try ExportLayout(
            of: nil, in: province.yinchuan.store, shelf: province.yinchuan.shelf, at: province.now)
        #expect(Set(layout.ticket).count == layout.ticket.count)
        #expect(Set(layout.timeline).count == layout.timeline.count)
        let line = try #require(try ExportRun(.timelines, at: province.yinchuan).lines.first)
        #expect(line["number"]?.stringValue?.hasPrefix("YC-") == true)
        #expect(line["version"] == 1)
        for word in words.dropLast() { #expect(line["form.\(word)"]?.stringValue == "of the form: \(word)") }
        #expect(line["plain"] == "of the form: plain")
        let map = try json(.timelines, .csv, at: province.yinchuan, now: province.now)
        #expect(map["fields"]?["number"]?["column"] == "form.number")
    }

    @Test("a field that the standard in force has no longer keeps its column, after those it has")
    func olderStandard() throws {
        let province = try DeskProvince()
        try province.publish(
            DeskPack.withComplaintFields([DeskPack.field("bygone")], version: "2026.2"), at: province.hub)
        try province.converge()
        try province.open(at: province.yinchuan, ["subject": .text("a"), "bygone": .text("kept")])
        try province.publish(DeskPack.withComplaintFields([DeskPack.field("new")], version: "2026.3"), at: province.hub)
        try province.converge()
        let run = try ExportRun(.tickets, at: province.yinchuan, now: province.now)
        #expect(try run.texts("bygone") == ["kept"])
        #expect(try run.texts("standard") == ["2026.2"])
        let layout = try ExportLayout(
            of: nil, in: province.yinchuan.store, shelf: province.yinchuan.shelf, at: province.now)
        let names = layout.forms.map(\.name)
        #expect(try #require(names.firstIndex(of: "new")) < #require(names.firstIndex(of: "bygone")))
    }

    @Test("what no form names is in a column of its own, and not lost")
    func others() throws {
        let province = try DeskProvince()
        let id = try province.open(at: province.yinchuan)
        try province.force([.assign(Field(rawValue: 60_000), .integer(7))], on: id, at: province.yinchuan)
        let run = try ExportRun(.tickets, at: province.yinchuan)
        #expect(try run.texts("otherFields") == ["{\"field 60000\":7}"])
    }

    @Test("a word that two types mean differently is exported, but makes no map unless one type is named")
    func ambiguous() throws {
        let province = try DeskProvince()
        let pack = try DeskPack.changed(version: "2026.2") { object in
            var types = try #require(object["ticketTypes"] as? [[String: Any]])
            for (index, kind) in ["text", "integer"].enumerated() {
                var field = DeskPack.field("twofold")
                field["kind"] = kind
                types[index]["fields"] = try #require(types[index]["fields"] as? [[String: Any]]) + [field]
            }
            object["ticketTypes"] = types
        }
        try province.publish(pack, at: province.hub)
        try province.converge()
        #expect(try ExportRun(.tickets, at: province.yinchuan).rows == 0)
        let error = #expect(throws: DeskError.self) {
            try json(.tickets, .csv, at: province.yinchuan, now: province.now)
        }
        #expect(error?.description.contains("twofold") == true)
        let map = try json(.tickets, .csv, type: "fault", at: province.yinchuan, now: province.now)
        #expect(map["fields"]?["twofold"]?["kind"] == "integer")
    }

    @Test("the map of an export is free of faults, names only columns that are there, and fits the standard")
    func faultless() throws {
        let province = try DeskProvince()
        try province.open(at: province.yinchuan)
        for subject in [ExportQuery.Subject.tickets, .timelines] {
            for format in ExportQuery.Format.allCases {
                let json = try json(subject, format, at: province.yinchuan, now: province.now)
                let (map, findings) = ImportMap.check(json.bytes(), zones: SharedData.zones)
                #expect(findings == [])
                let file = try ExportRun(subject, .csv, at: province.yinchuan).bytes
                let header = PlainCSV.records(Array(file.dropFirst(3)))[0].map { String(decoding: $0, as: UTF8.self) }
                let record = CSVRecord(line: 1, fields: header)
                #expect(RowMapper.make(try #require(map), first: record).1 == [])
                #expect((json["defused"] == true) == (format == .csv))
                #expect((json["events"] != nil) == (subject == .timelines))
            }
        }
    }

    @Test("conflicts and decisions have no map: they are not brought in again")
    func noMap() throws {
        let province = try DeskProvince()
        for subject in [ExportQuery.Subject.conflicts, .decisions] {
            #expect(throws: DeskError.self) { try json(subject, .csv, at: province.hub, now: province.now) }
        }
    }

    @Test("every column that holds what a customer has said is called personal in the map")
    func personal() throws {
        let province = try DeskProvince()
        let map = try json(.tickets, .csv, at: province.hub, now: province.now)
        let personal = Set((map["personal"]?.arrayValue ?? []).compactMap(\.stringValue))
        #expect(personal.isSuperset(of: ["customer.name", "customer.phone", "description", "contactPhone", "address"]))
        #expect(!personal.contains("area"))
    }

    private func json(
        _ subject: ExportQuery.Subject, _ format: ExportQuery.Format, type: String? = nil, at site: DeskSite, now: Int64
    ) throws -> JSONValue {
        var query = ExportQuery(subject, format)
        query.tickets.type = type
        return try ExportMap.json(query, in: site.store, shelf: site.shelf, at: now)
    }
}
