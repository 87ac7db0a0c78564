import Standards
import Testing

@testable import Simulator

/// That a rehearsal takes only what `tributary bench --calibration` could have measured.
@Suite struct CalibrationTests {
    private static let right: [String: JSONValue] = [
        "format": 1, "date": "2026-11-26", "machine": "2 cores", "requestNanoseconds": 160_000,
        "changeNanoseconds": 18_000, "answerNanoseconds": 17_000, "entryNanoseconds": 1_500,
    ]

    private static func findings(_ key: String, _ value: JSONValue?) -> [String] {
        var members = right
        members[key] = value
        return Calibration.check(JSONValue.object(members).bytes()).1.map(\.path)
    }

    @Test("What a calibration writes is read as the same")
    func roundTrip() {
        let measured = Calibration(
            date: "2026-02-14", machine: "64 cores", requestNanoseconds: 1, changeNanoseconds: 2, answerNanoseconds: 3,
            entryNanoseconds: 1_000_000_000)
        for calibration in [measured, .builtIn] {
            let (read, findings) = Calibration.check(calibration.json.bytes())
            #expect(read == calibration)
            #expect(findings.isEmpty)
        }
    }

    @Test(
        "A time that nothing takes, or more than a second, is refused by name",
        arguments: ["request", "change", "answer", "entry"])
    func times(_ what: String) {
        let key = what + "Nanoseconds"
        for wrong: JSONValue in [0, -1, 1_000_000_001, "18", .number(1.5)] {
            #expect(Self.findings(key, wrong) == ["/" + key], "\(wrong)")
        }
        #expect(Self.findings(key, nil) == ["/" + key])
        #expect(Self.findings(key, 1).isEmpty && Self.findings(key, 1_000_000_000).isEmpty)
    }

    @Test("Another format, an unknown member, no day and no machine are refused")
    func others() {
        #expect(Self.findings("format", 2) == ["/format"])
        // Of a member that nobody asks for the object is told.
        #expect(Self.findings("hub", "fast") == [""])
        #expect(Self.findings("date", "yesterday") == ["/date"])
        #expect(Self.findings("date", "2026-02-30") == ["/date"])
        #expect(Self.findings("machine", "") == ["/machine"])
        let text = String(repeating: "x", count: 20 * 1_024)
        #expect(Calibration.check(Array("{\"machine\": \"\(text)\"}".utf8)).0 == nil)
    }

    @Test("All that is wrong is said at once")
    func allAtOnce() {
        let (calibration, findings) = Calibration.check(Array("{\"format\": 1}".utf8))
        #expect(calibration == nil)
        #expect(findings.count == 6)
    }
}
