/// One question a soak asks, and its answer.
struct Verdict: Hashable, Sendable {
    /// One word.
    let name: String
    let holds: Bool
    /// The figures the answer rests on, or what broke.
    let text: String

    init(_ name: String, broken: [String], held text: String) {
        self.name = name
        holds = broken.isEmpty
        self.text = broken.isEmpty ? text : broken.joined(separator: "; ")
    }

    var line: String { "\(name): \(holds ? "held" : "BROKEN") (\(text))" }
}
