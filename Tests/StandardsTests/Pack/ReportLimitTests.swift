import Standards
import Testing

@Suite("Limits of reports")
struct ReportLimitTests {
    private func problems(_ limits: [JSONValue]) -> [String] {
        PackSamples.problems(PackSamples.changed { $0["limits"] = .array(limits) })
    }

    private func report(_ more: [String: JSONValue], source: String = "province", days: Int64 = 3) -> JSONValue {
        PackSamples.limit("report", "workingDays", days, source: source, ["clock": "report"].merging(more) { $1 })
    }

    @Test("say in which field the report is to stand, and only they do")
    func until() {
        #expect(problems([report(["until": "report"])]) == [])
        #expect(problems([report([:])]) == ["/limits/0 is a report's clock without an end"])
        let other = PackSamples.limit("law", "naturalDays", 5, source: "regulation", ["until": "report"])
        #expect(problems([other]) == ["/limits/0/until belongs to the clock \"report\""])
        #expect(
            problems([report(["until": "reprot"])]) == [
                "/limits/0 names the field \"reprot\", which order does not have"
            ])
    }

    @Test("are held against regulation for the same report, and not against one for another")
    func loose() {
        func found(_ field: String) -> Int {
            let law = PackSamples.limit(
                "law", "workingDays", 2, source: "regulation", ["clock": "report", "until": "report"])
            return problems([law, report(["until": .string(field)])]).count
        }
        #expect(found("report") == 1)
        #expect(found("count") == 0)
    }
}
