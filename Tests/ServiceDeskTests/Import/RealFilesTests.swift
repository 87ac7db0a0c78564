import ServiceDesk
import Standards
import Testing

/// Our maps on small files of our own with the dirt of the real ones, and on the real ones where they are.
@Suite("Files from the wild")
struct RealFilesTests {
    @Test("complaints with a byte order mark, a text for a number and a district in another spelling")
    func complaints() throws {
        let csv =
            "\u{FEFF}Ticket #,Customer Complaint,Date,Date_month_year,Time,Received Via,City,State,Zip code,Status,"
            + "Filing on Behalf of Someone\r\n"
            + "100001,Slow line,22-04-15,22-Apr-15,3:53:50 PM,Customer Care Call,Salem,Maryland,1234,Closed,No\r\n"
            + "comcas,\"Said \"\"soon\"\", never came\",04-08-15,04-Aug-15,10:22:56 AM,Internet,Washington,"
            + "District of Columbia,20001,Solved,Yes\r\n"
            + "100003,Bill,30-06-15,30-Jun-15,12:00:00 AM,Internet,Washington,District Of Columbia,20001,Open,No\r\n"
            + "100004,Bill,31-06-15,31-Jun-15,12:00:00 AM,Internet,Washington,Ohio,20001,Open,No\r\n"
        let run = try ImportRun(Array(csv.utf8), map: .project("comcast"), chunk: 7)
        #expect(run.rows.map(\.key) == ["100001", "comcas", "100003"])
        #expect(run.rows[1].home == run.rows[2].home)
        #expect(run.rows[0].home == "nx-yinchuan")
        #expect(run.rows[0].fields["openedAt"] == .time(1_429_732_430_000))
        #expect(run.rows[1].fields["subject"] == .text("Said \"soon\", never came"))
        #expect(run.rows[1].fields["onBehalf"] == .boolean(true))
        #expect(run.rows.map { $0.fields["state"] } == [.text("closed"), .text("resolved"), .text("acknowledged")])
        #expect(run.rows[0].fields["postcode"] == .text("1234"))
        #expect(run.rejections.map(\.line) == [5])
        #expect(run.rejections.first?.column == "Date_month_year + Time")
    }

    @Test("faults with milliseconds on some times, stray dots and city names in another case")
    func faults() throws {
        let csv = """
            Protocolo,Data Abertura,Data Encerramento,Catálogo,Problema,Site,Status,city_sheet
            1,2023-01-05 14:15:07,2023-01-16 15:45:20.627000,Link Loss,Troca de poste,AB1,Encerrado,Novo hamburgo
            2,2023-01-05 14:15:07,2023-01-16 15:45:20,Link Loss,Poda de árvore..,AB1,Encerrado,Novo Hamburgo
            3,2023-01-05 23:15:07,,Acionamento de Plantão Fibra,Outra,AB2,Aberto,ETC

            """
        let run = try ImportRun(Array(csv.utf8), map: .project("metrofiber2"))
        #expect(run.rejections == [])
        #expect(run.rows.map { $0.fields["area"] } == [.text("Novo Hamburgo"), .text("Novo Hamburgo"), .text("ETC")])
        #expect(run.rows.map(\.home) == ["nx-yinchuan", "nx-yinchuan", "nx-guyuan"])
        #expect(run.rows[0].fields["openedAt"] == .time(1_672_938_907_000))
        #expect(run.rows[0].fields["restoredAt"] == .time(1_673_894_720_627))
        #expect(run.rows[1].fields["restoredAt"] == .time(1_673_894_720_000))
        #expect(run.rows[2].fields["restoredAt"] == nil)
        #expect(
            run.rows.map { $0.fields["category"] } == [
                .text("pole-or-height"), .text("tree-trimming"), .text("fault-other"),
            ])
        #expect(run.rows.map { $0.fields["state"] } == [.text("closed"), .text("closed"), .text("reported")])
    }

    @Test(
        "every complaint of the public file becomes a row",
        .enabled(if: SharedData.isPresent, "the data sets are not beside the project: ../shared/data"))
    func comcast() throws {
        let run = try ImportRun(SharedData.bytes("comcast/comcast_complaints_clean.csv"), map: .project("comcast"))
        #expect(run.rejections == [])
        #expect(run.rows.count == 2_224)
        #expect(Set(run.rows.map(\.key)).count == 2_224)
        #expect(run.rows.contains { $0.key == "comcas" })
        #expect(
            run.counts { $0.fields["state"]?.textValue } == [
                "acknowledged": 363, "pending": 154, "resolved": 973, "closed": 734,
            ])
        let homes = run.counts(\.home)
        #expect(homes.count == 5)
        #expect(homes.values.allSatisfy { $0 > 200 }, "\(homes)")
    }

    @Test(
        "every fault of the public file becomes a row, and city and month count as the operator's report says",
        .enabled(if: SharedData.isPresent, "the data sets are not beside the project: ../shared/data"))
    func metrofiber() throws {
        let run = try ImportRun(SharedData.bytes("metrofiber2_faults/faults_2023.csv"), map: .project("metrofiber2"))
        #expect(run.rejections == [])
        #expect(run.rows.count == 637)
        let counts = run.counts { row in
            guard case .time(let opened) = row.fields["openedAt"], let area = row.fields["area"]?.textValue,
                let local = CivilTime(localMilliseconds: opened - 3 * 3_600_000)
            else { return nil }
            return "\(area) \(local.date.month)"
        }
        var parser = CSVParser()
        let report = parser.feed(try SharedData.bytes("metrofiber2_faults/monthly_counts_by_city_2023.csv"))
        let records = (report + parser.finish()).compactMap { item in
            if case .record(let record) = item { record.fields } else { nil }
        }
        var differences: [String] = []
        for record in records.dropFirst() {
            let month = try #require(Int(record[0].split(separator: "-")[1]))
            for (city, count) in zip(records[0], record).dropFirst().dropLast() {
                if counts["\(city) \(month)", default: 0] != Int(count) { differences.append("\(city) \(month)") }
            }
        }
        #expect(differences == ["Canoas 6"], "the report itself is wrong about Canoas in June")
    }
}
