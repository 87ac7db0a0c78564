import Standards
import Testing

@Suite("The numbers of a pack's fields")
struct FieldNumberTests {
    /// What is wrong with a pack whose orders have these fields too.
    private func problems(_ fields: [JSONValue], _ numbering: FieldNumbering?) -> [String] {
        let bytes = PackSamples.changed { members in
            guard case .array(var types) = members["ticketTypes"], case .object(var order) = types[0] else { return }
            order["fields"] = .array((order["fields"]?.arrayValue ?? []) + fields)
            types[0] = .object(order)
            members["ticketTypes"] = .array(types)
        }
        return StandardPack.check(bytes, numbering: numbering).1.map(\.description)
    }

    /// Every word has a number of its own, but these two have one.
    private func meeting(_ first: String, _ second: String) -> FieldNumbering {
        var given: [String: UInt16] = [:]
        return { word in
            if word == first || word == second { return 1 }
            let number = given[word] ?? UInt16(given.count + 2)
            given[word] = number
            return number
        }
    }

    private let fields = [PackSamples.field("one", "text"), PackSamples.field("two", "text")]

    @Test("two words that fall on one number are found in the same pass as all else, with place and remedy")
    func collision() {
        #expect(problems(fields, nil) == [])
        #expect(problems(fields, meeting("three", "two")) == [])
        let found = problems(fields + [PackSamples.field("odd", "riddle")], meeting("one", "two"))
        #expect(found.count == 2, "\(found)")
        #expect(
            found.first
                == "/ticketTypes/0/fields/4/id: the field \"two\" falls on one number with \"one\" at "
                + "/ticketTypes/0/fields/3/id; rename one of them")
        #expect(found.last?.hasPrefix("/ticketTypes/0/fields/5/kind") == true)
    }

    @Test("a word that two forms share is one field; the field of a step may meet one of a form")
    func steps() {
        let found = problems(fields, meeting("step-survey", "one"))
        #expect(
            found == [
                "/ticketTypes/0/fields/3/id: the field \"one\" falls on one number with \"step-survey\" at "
                    + "/steps/0/id; rename one of them"
            ])
        let shared = PackSamples.changed { members in
            guard case .array(var types) = members["ticketTypes"], case .object(var review) = types[1] else { return }
            review["fields"] = [PackSamples.field("count", "integer")]
            types[1] = .object(review)
            members["ticketTypes"] = .array(types)
        }
        #expect(StandardPack.check(shared, numbering: meeting("a", "b")).1 == [])
    }
}
