import Standards
import Testing

/// What may become of a text that programs are known to spoil: it comes out as it went in, or is refused in words that
/// do not repeat it.
enum NaughtyCheck {
    /// Characters by which a text is known again; a shorter one stands in many an answer by chance.
    private static let telling = 9...40

    /// The same bytes.
    static func expect(_ found: String?, _ text: String, _ place: String) {
        let isSame = found.map { $0.utf8.elementsEqual(text.utf8) } ?? false
        #expect(isSame, "\(place): \(numbers(text)) came out as \(found.map(numbers) ?? "nothing")")
    }

    /// The same texts in the same order.
    static func expect(_ found: [String], _ texts: [String], _ place: String) {
        #expect(found.count == texts.count, "\(place)")
        for (one, text) in zip(found, texts) { expect(one, text, place) }
    }

    /// - Returns: whether the text was taken; what was not was refused as the client's fault, without repeating it.
    static func isTaken(_ answer: WebAnswer, _ text: String, _ place: String) -> Bool {
        if (200..<300).contains(answer.status) { return true }
        #expect((400..<500).contains(answer.status), "\(place): \(answer.status) to \(numbers(text))")
        let isRepeated = repeats(answer.body, text)
        #expect(!isRepeated, "\(place): \(answer.status) repeats \(numbers(text))")
        return false
    }

    /// A text that must be taken where it is told to be short enough, and else must be refused.
    static func expectTaken(_ isTaken: Bool, _ answer: WebAnswer, _ text: String, _ place: String) {
        let found = Self.isTaken(answer, text, place)
        #expect(found == isTaken, "\(place): \(answer.status) \(answer.detail) to \(numbers(text))")
    }

    /// Nothing that was typed stands in what a node wrote for its operator.
    static func expectUnlogged(_ nodes: [TestNode]) {
        for path in nodes.flatMap({ [$0.logPath, $0.folder + ".out"] }) {
            let said = Scratch.text(of: path).lowercased()
            #expect(!said.contains(NaughtyStrings.mark), "\(path)")
        }
    }

    /// How many characters each limit counts.
    static func length(_ text: String) -> Int { text.unicodeScalars.count }

    private static func repeats(_ bytes: [UInt8], _ text: String) -> Bool {
        let part = String(String.UnicodeScalarView(text.unicodeScalars.prefix(telling.upperBound)))
        guard length(part) >= telling.lowerBound else { return false }
        let written = Array(JSONValue.string(part).bytes().dropFirst().dropLast())
        return bytes.firstRange(of: Array(part.utf8)) != nil || bytes.firstRange(of: written) != nil
    }

    private static func numbers(_ text: String) -> String {
        text.unicodeScalars.prefix(20).map { String($0.value, radix: 16) }.joined(separator: " ")
    }
}
