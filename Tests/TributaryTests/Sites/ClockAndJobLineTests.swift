import Node
import Standards
import Testing

@testable import tributary

@Suite("Clocks and jobs in words")
struct ClockAndJobLineTests {
    private static let doubted: JSONValue = [
        "standing": "doubted", "doubt": "its clock and the branches' do not agree", "remedy": "Look at it.",
        "keptMilliseconds": .null, "branchesMilliseconds": 900_000, "branchesHeard": 3, "skew": "warning",
    ]
    private static let believed: JSONValue = [
        "standing": "believed", "doubt": .null, "keptMilliseconds": .null, "branchesMilliseconds": 1_000,
        "branchesHeard": 3, "skew": "ok",
    ]

    private func peer(_ site: String, _ offset: JSONValue, _ skew: String) -> JSONValue {
        [
            "site": .string(site), "joined": true, "wallOffsetMilliseconds": offset, "skew": .string(skew),
        ]
    }

    @Test("a branch's clock is a number while it is right, and in capitals with what to do when it is not")
    func branch() {
        let lines = ["ok", "warning", "alarm"].map { skew in
            ClockLine.ofBranch([
                "offsetMilliseconds": 130_000, "skew": .string(skew), "measured": "2026-06-01T00:00:00.000+08:00",
            ])
        }
        #expect(lines[0].hasPrefix("clock      130000 ms off the hub"))
        #expect(lines[1].hasPrefix("CLOCK      this machine's clock is 2 min ahead"))
        #expect(lines[2].hasPrefix("ALARM      this machine's clock is 2 min ahead"))
        #expect(ClockLine.ofBranch(["measured": .null]).contains("never measured"))
    }

    @Test("a hub that doubts its clock says why and what to type; one that keeps a time given out says so too")
    func hub() {
        #expect(ClockLine.ofHub(Self.doubted)[0].hasPrefix("ALARM      the hub tells nobody its time"))
        #expect(ClockLine.ofHub(Self.doubted)[1].contains("Look at it."))
        #expect(ClockLine.ofHub(Self.believed).count == 1)
        #expect(ClockLine.ofHub(["standing": "unproved"])[0].hasPrefix("CLOCK"))
        let kept = ClockLine.ofHub(["standing": "believed", "keptMilliseconds": 86_400_000])
        #expect(kept[1].contains("24 h behind"))
    }

    @Test("the doctor warns of a clock at two minutes, and calls a day, a doubted hub or a job that stands still wrong")
    func doctor() {
        let status: JSONValue = [
            "role": "hub", "mode": "writing", "clock": ["standing": "unproved", "keptMilliseconds": .null],
            "peers": [peer("nx-a", 130_000, "warning"), peer("nx-b", 90_000_000, "alarm"), peer("nx-c", 5, "ok")],
            "jobs": [
                [
                    "job": "recheck", "about": "", "since": "x", "stillSeconds": 901, "deadlineSeconds": 900,
                    "done": .null, "of": .null, "overdue": true,
                ]
            ],
        ]
        let remarks = DoctorRemarks.remarks(status)
        #expect(remarks.map(\.subject) == ["clock", "clock of nx-a", "clock of nx-b", "jobs"])
        #expect(remarks.map(\.level) == [.warning, .warning, .wrong, .wrong])
        #expect(remarks[3].text.contains("recheck has not moved for 901 s"))
        let doubted: JSONValue = [
            "role": "hub", "mode": "writing", "clock": Self.doubted, "peers": [peer("nx-b", 90_000_000, "alarm")],
        ]
        #expect(DoctorRemarks.remarks(doubted).map(\.level) == [.wrong])
        let right: JSONValue = ["role": "hub", "mode": "writing", "clock": Self.believed, "peers": [], "jobs": []]
        #expect(DoctorRemarks.remarks(right).isEmpty)
        let branch: JSONValue = [
            "role": "branch", "mode": "writing",
            "clock": ["offsetMilliseconds": -90_000_000, "skew": "alarm", "measured": "x"],
        ]
        #expect(DoctorRemarks.remarks(branch).map(\.level) == [.wrong])
    }

    @Test("housekeeping is shown only when it stands still, other jobs while they are at work")
    func jobs() {
        func job(_ name: String, overdue: Bool) -> JSONValue {
            [
                "job": .string(name), "about": "", "since": "x", "stillSeconds": 3, "deadlineSeconds": 900, "done": 4,
                "of": 9, "overdue": .bool(overdue),
            ]
        }
        #expect(JobLine.lines([job("housekeeping", overdue: false)]).isEmpty)
        #expect(JobLine.lines([job("housekeeping", overdue: true)])[0].hasPrefix("ALARM"))
        #expect(
            JobLine.lines([job("recheck", overdue: false)])[0] == "at work    recheck 4 of 9, since x, moved 3 s ago")
    }

    @Test("figures say as of when they are, and by whom they are held up")
    func asOf() {
        let data: JSONValue = [
            "time": "T1", "sites": [["site": "nx-a", "time": "T2"], ["site": "nx-b", "time": "T1"]],
        ]
        #expect(AsOfLine.text(data) == "data as of T1, as far as nx-b was heard")
        #expect(AsOfLine.text(["time": "T1", "sites": [["site": "nx-a", "time": "T1"]]]) == "data as of T1")
        #expect(
            AsOfLine.text(["time": .null, "sites": [["site": "nx-a", "time": .null]]])
                == "data as of no time yet: nx-a has not said how far it is")
        #expect(AsOfLine.text(nil) == nil)
    }
}
