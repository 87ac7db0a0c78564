import Foundation
import Standards
import Testing

@Suite("Working days, as others have them")
struct WorkdayOracleTests {
    @Test("every day of the default standard's years is worked or free as two libraries of others say")
    func everyDay() throws {
        let document = try JSONValue(
            parsing: ProjectFiles.bytes("Topology/standards/province/80-calendar.json"), sizeLimit: 1 << 20)
        var members = PackSamples.members
        members["calendar"] = document["calendar"]
        let calendar = try #require(StandardPack.check(JSONValue.object(members).bytes()).0?.calendar)
        let text = String(
            decoding: try ProjectFiles.bytes("Tests/StandardsTests/Calendar/Oracle/workdays.txt"), as: UTF8.self)
        var years: [Int: Int] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ")
            let month = try #require(parts.first)
            for (place, letter) in try #require(parts.last).enumerated() {
                let day = "\(month)-\(place < 9 ? "0" : "")\(place + 1)"
                let date = try #require(CivilDate(text: day), "\(day)")
                years[date.year, default: 0] += 1
                #expect(calendar.day(date).isAnnounced, "\(day)")
                #expect(calendar.day(date).isWorked == (letter == "W"), "\(day)")
            }
        }
        #expect(years == Dictionary(uniqueKeysWithValues: calendar.years.keys.map { ($0, 365) }))
    }
}
