import Testing

@testable import Replication

@Suite("Texts cut into words")
struct WordColumnTests {
    private func changes(_ texts: [String]) -> [Change] {
        texts.enumerated().map { place, text in
            Changes.change(1, UInt64(place) + 1, at: Int64(place), .assign(Field(rawValue: 5), .text(text)))
        }
    }

    private func encoded(_ texts: [String]) -> [UInt8] {
        var writer = ByteWriter()
        ChangeTable.write(changes(texts), to: &writer)
        return writer.bytes
    }

    private func expectRoundTrip(_ texts: [String]) throws {
        var reader = ByteReader(encoded(texts))
        let again = try ChangeTable.read(from: &reader)
        #expect(again.map(\.encoded) == changes(texts).map(\.encoded))
    }

    @Test("blanks at any place come back, in texts of any length")
    func blanks() throws {
        for length in 0...20 {
            let whole = String(repeating: "a", count: length)
            var texts = [whole, String(repeating: " ", count: length)]
            for place in 0..<length {
                var characters = Array(whole)
                characters[place] = " "
                texts.append(String(characters))
                // Neighbours of the blank, which differ from it in one bit.
                characters[place] = "!"
                texts.append(String(characters))
                characters[place] = "\u{A0}"
                texts.append(String(characters))
            }
            // Long enough on the whole to be looked into at once.
            try expectRoundTrip(texts.map { $0 + " and some words more, the same in each" })
            try expectRoundTrip(texts)
        }
    }

    @Test("digits at the end of a word come back, however many there are")
    func digits() throws {
        let numbers = (0...22).flatMap { count in
            ["0", "9", "1"].map { String(repeating: $0, count: count) }
        }
        try expectRoundTrip(numbers.map { "telephone number and account x\($0) of this customer" })
        try expectRoundTrip(numbers.map { "of the account \($0)" })
    }

    /// A number spelled in the letters a to j.
    private func spelled(_ number: Int) -> String {
        String(String(number).map { Character(UnicodeScalar(UInt8(ascii: "a") + UInt8($0.wholeNumberValue ?? 0))) })
    }

    @Test("thousands of different words are each sent once", arguments: [1, 7, 8, 9, 16, 17, 40])
    func manyWords(length: Int) throws {
        let words = (0..<3_000).map { spelled($0) + String(repeating: "x", count: length) }
        let once = words.joined(separator: " ")
        let again = encoded([once, once]).count - encoded([once, ""]).count
        // Three bytes of codes at most for each, and nothing of its letters.
        #expect(again < words.count * 3 + 100)
        try expectRoundTrip([once, once, words.reversed().joined(separator: " ")])
    }

    @Test("texts that differ at first and are the same from then on come back, and cost little")
    func differentAtFirst() throws {
        let first = (0..<80).map { "circuit \(spelled($0))" }
        let texts = first + Array(repeating: "circuit down", count: 1_000)
        try expectRoundTrip(texts)
        // A code for each word at most.
        #expect(encoded(texts).count < encoded(first).count + 2 * 1_000 + 100)
    }

    @Test("short words, several of them in eight bytes, are each sent once")
    func shortWords() throws {
        let letters = (0..<20).map { spelled($0 + 10) }
        var random = SplitMix64(seed: 5)
        var texts: [String] = []
        for _ in 0..<200 {
            let words: [String] = (0..<12).map { _ in random.pick(letters) }
            texts.append(words.joined(separator: " "))
        }
        try expectRoundTrip(texts)
        // A byte for each word, and ten for the rest of each change.
        #expect(encoded(texts).count < texts.count * (12 + 10) + 200)
    }
}
