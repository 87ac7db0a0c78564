/// How the terminal shows what happened: one sign an event, in plain ASCII where the terminal knows no other.
struct MomentGlyph {
    let sign: String
    let ascii: String
    let meaning: String
    /// Of several events in one stretch that with the highest weight is shown.
    let weight: Int

    static let nothing = MomentGlyph(sign: "·", ascii: ".", meaning: "nothing", weight: 0)
    /// While the line stays cut, and while the machine is down.
    static let stillCut = MomentGlyph(sign: "┆", ascii: ":", meaning: "still cut", weight: 0)
    static let stillDown = MomentGlyph(sign: "×", ascii: "-", meaning: "down", weight: 0)

    static func of(_ kind: Moment.Kind) -> MomentGlyph {
        switch kind {
        case .crashed: MomentGlyph(sign: "✗", ascii: "X", meaning: "crashed", weight: 12)
        case .powerLost: MomentGlyph(sign: "▼", ascii: "V", meaning: "lost power", weight: 11)
        case .diskFailed: MomentGlyph(sign: "◆", ascii: "D", meaning: "disk failed", weight: 10)
        case .cut: MomentGlyph(sign: "¦", ascii: "|", meaning: "line cut", weight: 9)
        case .conflict: MomentGlyph(sign: "⚡", ascii: "!", meaning: "conflict", weight: 8)
        case .refused: MomentGlyph(sign: "⊘", ascii: "R", meaning: "refused", weight: 7)
        case .started: MomentGlyph(sign: "▲", ascii: "^", meaning: "started", weight: 6)
        case .joined: MomentGlyph(sign: "═", ascii: "=", meaning: "line joined", weight: 5)
        case .clockSet: MomentGlyph(sign: "◷", ascii: "C", meaning: "clock set", weight: 4)
        case .pushed: MomentGlyph(sign: "↑", ascii: "u", meaning: "pushed", weight: 3)
        case .pulled: MomentGlyph(sign: "↓", ascii: "d", meaning: "pulled", weight: 2)
        case .wrote: MomentGlyph(sign: "•", ascii: "w", meaning: "wrote", weight: 1)
        }
    }

    func text(isASCII: Bool) -> String { isASCII ? ascii : sign }
}
