import HTTP
import Standards
import Testing

@testable import tributary

/// Conflicts as the command line tells them.
@Suite struct ConflictLineTests {
    private static func side(_ value: JSONValue, _ actor: String, _ change: String) -> [String: JSONValue] {
        [
            "value": value, "actor": .string(actor), "site": "nx-hub", "at": "2026-11-22T10:00:00+08:00",
            "change": .string(change),
        ]
    }

    private static func conflict(current: JSONValue) -> JSONValue {
        [
            "ticket": "t", "number": "YC-1", "subject": "field", "field": "area",
            "fieldName": ["zh": "区域", "en": "Area"], "rule": "laterWins", "settled": false, "current": current,
            "losing": .object(side("西夏区", "王芳", "b-9")), "winning": .object(side("贺兰县", "李明", "h-4")),
        ]
    }

    private func text(_ conflict: JSONValue) -> String { ConflictLine.lines(conflict).joined(separator: "\n") }

    @Test("what won is in force, and said to be, only while no third value has come since")
    func inForce() {
        let still = text(Self.conflict(current: .object(Self.side("贺兰县", "李明", "h-4"))))
        #expect(still.contains("area (区域): of two concurrent edits the later won"))
        #expect(still.contains("in force  贺兰县  李明"))
        #expect(!still.contains("won  "))
        #expect(still.contains("lost      西夏区  王芳 at nx-hub, 2026-11-22T10:00:00+08:00, change b-9"))
        for (value, word) in [("兴庆区", "a third value"), ("西夏区", "the lost value"), ("贺兰县", "the same value")] {
            let third = text(Self.conflict(current: .object(Self.side(.string(value), "赵强", "y-5"))))
            #expect(third.contains("in force  \(value)  赵强"), "\(third)")
            #expect(third.contains(word), "\(third)")
            #expect(third.contains("won       贺兰县  李明"), "\(third)")
        }
    }

    @Test("overtaken steps say by what, when and where, what they may leave, and what was filled in with them")
    func overtaken() {
        let step: JSONValue = ["name": "hold", "label": ["zh": "挂起", "en": "Hold"]]
        var winning = Self.side("held", "李明", "h-4")
        winning["step"] = step
        let lost: [JSONValue] = ["askCustomer", "resolve"].map { name in
            var members = Self.side(.null, "王芳", "b-\(name)")
            members["step"] = ["name": .string(name)]
            members["from"] = ["inProgress", "reopened"]
            members["to"] = "resolved"
            members["fields"] = [Self.conflict(current: .null)]
            return .object(members)
        }
        let conflict: JSONValue = [
            "ticket": "t", "number": "YC-1", "subject": "stage", "rule": "overtaken", "settled": true,
            "settledBy": .object(Self.side(.null, "赵强", "y-1")), "winning": .object(winning),
            "current": .object(Self.side("inProgress", "赵强", "y-0")), "steps": .array(lost),
        ]
        let text = text(conflict)
        for part in [
            "2 steps were overtaken: the ticket had left the stage", "settled by 赵强 at nx-hub",
            "overtaken by  hold (挂起) → held, 李明 at nx-hub, 2026-11-22T10:00:00+08:00",
            "since then    inProgress, 赵强", "askCustomer: inProgress or reopened → resolved, 王芳",
            "change b-resolve", "with area (区域): 西夏区; in force –",
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
    }

    @Test("the list names each ticket once and says what can be done; an empty one says so")
    func page() {
        let conflict = Self.conflict(current: .null)
        let lines = ConflictLine.page(["conflicts": [conflict, conflict], "next": "1-2"], isAll: false)
        #expect(lines.filter { $0 == "ticket YC-1" }.count == 1)
        #expect(lines.contains("more: --after 1-2"))
        #expect(lines.contains { $0.contains("tributary conflict reinstate CHANGE") })
        #expect(ConflictLine.page(["conflicts": []], isAll: false) == ["no open conflicts"])
        #expect(ConflictLine.page(["conflicts": []], isAll: true) == ["no conflicts"])
        #expect(ConflictLine.counts(["kinds": []]) == ["no conflicts"])
    }

    @Test("what could not be reinstated is named with the reason")
    func resolution() {
        let json: JSONValue = [
            "ticket": ["number": "YC-1", "state": "held", "openConflicts": 1],
            "done": [["losing": "b-1", "change": "y-9"]],
            "left": [["losing": "b-2", "step": "close", "reason": "close leaves resolved, and the ticket is held"]],
        ]
        let lines = ConflictLine.resolution(NodeAnswer(status: 200, json: json, headers: [:]), "reinstate")
        #expect(lines.count == 3)
        #expect(lines[0] == "YC-1: reinstated; it is held, open conflicts left: 1")
        #expect(lines[2] == "  b-2 stays open: close leaves resolved, and the ticket is held")
    }
}

/// `tributary conflicts` and `tributary conflict`, as they speak with a node.
@Suite struct ConflictCommandTests {
    /// Runs a command against a node that answers `json`, and tells what it asked and how it ended.
    private func run(_ arguments: [String], _ json: JSONValue) throws -> (asked: FakeNode.Asked?, code: ExitCode) {
        let node = try FakeNode { _, _ in Response.json(json.bytes()) }
        defer { node.stop() }
        let code = Tributary.run(arguments + ["--node", "http://127.0.0.1:\(node.port)", "--token", "t", "--json"])
        return (node.asked.first, code)
    }

    @Test("the list asks for what was said, and --counts for the counts alone")
    func list() throws {
        #expect(try run(["conflicts"], ["conflicts": []]).asked?.path == "/api/conflicts")
        #expect(try run(["conflicts", "--counts"], ["kinds": []]).asked?.path == "/api/conflicts/counts")
        #expect(try run(["conflicts", "--counts", "--site", "nx-hub"], [:]).code == .usage)
    }

    @Test("settling and reinstating hand on key and ETag, and a step that stays open ends with 1")
    func resolve() throws {
        let none: JSONValue = ["ticket": ["number": "YC-1"], "done": [], "left": []]
        for action in ["settle", "reinstate"] {
            let (asked, code) = try run(["conflict", action, "b-9", "--key", "k", "--if-match", "\"a-1\""], none)
            #expect(code == .done)
            #expect(asked?.method == "POST")
            #expect(asked?.path == "/api/conflicts/b-9/\(action)")
            #expect(asked?.headers["idempotency-key"] == "k")
            #expect(asked?.headers["if-match"] == "\"a-1\"")
        }
        let left: JSONValue = ["ticket": ["number": "YC-1"], "done": [], "left": [["losing": "b-9", "reason": "r"]]]
        #expect(try run(["conflict", "reinstate", "b-9"], left).code == .no)
    }
}
