/// A reason for which a ticket may be suspended (挂起), and what that means for its clocks.
public struct PauseReason: Hashable, Sendable {
    public static let limit = 100

    public let id: String
    public let name: LocalText
    /// The clocks that stand still meanwhile.
    public let stops: Set<ClockKind>

    public init(id: String, name: LocalText, stops: Set<ClockKind>) {
        self.id = id
        self.name = name
        self.stops = stops
    }

    init?(reading reader: JSONReader, _ book: NameBook) {
        reader.explain([
            "id": "What a suspended ticket holds", "name": "What people choose",
            "stops": "The clocks that stand still meanwhile: response, update, step, solution",
        ])
        let id = reader.text("id", .identifier)
        book.claim(.pauseReason, id, reader)
        let name = reader.object("name", read: LocalText.init(reading:))
        let words = reader.texts("stops", .identifier, count: 0...ClockKind.allCases.count)
        for word in words where ClockKind(rawValue: word) == nil {
            reader.report(
                "stops", "names the clock \(Finding.quote(word)), which there is not",
                NearestWord.hint(for: word, among: ClockKind.allCases.map(\.rawValue)))
        }
        guard let id, let name else { return nil }
        self.init(id: id, name: name, stops: Set(words.compactMap(ClockKind.init(rawValue:))))
    }
}
