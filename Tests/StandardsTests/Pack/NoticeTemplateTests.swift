import Standards
import Testing

@Suite("Texts for customers")
struct NoticeTemplateTests {
    private func notice(_ more: [String: JSONValue]) -> JSONValue {
        .object(["id": "n", "zh": "工单{number}", "en": "Ticket {number}"].merging(more) { _, new in new })
    }

    /// Of the sample's step `finish`, which is made to tell the customer.
    private func problems(_ notices: [JSONValue]) -> [String] {
        PackSamples.problems(
            PackSamples.changed { members in
                guard case .array(var types) = members["ticketTypes"], case .object(var review) = types[1] else {
                    return
                }
                review["transitions"] = [
                    PackSamples.transition(
                        "finish", "open", "done", ["guards": [["guard": "reviewPassed"]], "notify": true])
                ]
                types[1] = .object(review)
                members["ticketTypes"] = .array(types)
                members["notices"] = .array(notices)
            })
    }

    @Test("what stands in brackets is left out when one of its places is empty, and every other place is filled")
    func filling() {
        let template = NoticeTemplate(id: "n", zh: "单{number}：{stage}。[{promised}前答复。][查询{link}]", en: "{type}{link}.")
        let some = template.filled(in: .zh) { ["number": "YC-1", "stage": "已受理", "link": "a[b]{c}"][$0.rawValue] }
        #expect(some == "单YC-1：已受理。查询a[b]{c}")
        #expect(template.filled(in: .en) { _ in nil } == ".")
        #expect(NoticeTemplate.builtIn.filled(in: .en) { _ in "x" }.contains("{") == false)
    }

    @Test(
        "a place that nothing fills, and braces and brackets that do not close, are refused",
        arguments: [
            "工单{nummer}", "工单{number", "工单number}", "[工单", "工单]", "[[工单]]", "{{number}}",
        ])
    func wrongTexts(_ text: String) {
        let found = problems([notice(["zh": .string(text)])])
        #expect(found.count == 1 && found[0].hasPrefix("/notices/0/zh has "), "\(found)")
    }

    @Test("a text is up to 500 characters long and not one more")
    func length() {
        #expect(problems([notice(["zh": .string(String(repeating: "单", count: 500))])]) == [])
        #expect(problems([notice(["zh": .string(String(repeating: "单", count: 501))])]).count == 1)
    }

    @Test("a notice of a step that tells no customer, of an unknown type, or under a name given twice is refused")
    func wrongNames() {
        #expect(problems([notice(["types": ["review"], "transitions": ["finish"]])]) == [])
        #expect(problems([notice(["types": ["order"], "transitions": ["finish"]])]).count == 1)
        #expect(problems([notice(["types": ["ordre"]])]).count == 1)
        #expect(problems([notice([:]), notice([:])]).count == 1)
    }

    @Test("the first that fits a step is its text, and a built-in one where none fits")
    func choice() throws {
        var pack = try #require(StandardPack.check(PackSamples.changed { _ in }).0)
        pack.notices = [
            NoticeTemplate(id: "a", zh: "", en: "", types: ["order"], transitions: ["finish"]),
            NoticeTemplate(id: "b", zh: "", en: "", types: ["order"]),
        ]
        #expect(pack.notice(of: "finish", type: "order").id == "a")
        #expect(pack.notice(of: "hold", type: "order").id == "b")
        #expect(pack.notice(of: "finish", type: "review") == .builtIn)
    }
}
