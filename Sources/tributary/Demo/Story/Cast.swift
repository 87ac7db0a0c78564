/// Which branch plays which part.
struct Cast: Sendable {
    /// Takes a ticket over, and asks for a refund.
    let capital: ProvinceSite
    /// Gives a ticket away.
    let giver: ProvinceSite
    /// Its node is killed; it asks for the same refund again.
    let killed: ProvinceSite
    /// Its line is cut.
    let cutOff: ProvinceSite
    /// Its line loses replies.
    let unheard: ProvinceSite

    /// - Parameter branches: at least three; with fewer than five some play two parts.
    init(_ branches: [ProvinceSite]) {
        precondition(branches.count >= 3, "the story needs three branches")
        func part(_ index: Int) -> ProvinceSite { branches[index % branches.count] }
        capital = part(0)
        giver = part(1)
        killed = part(2)
        cutOff = part(3)
        unheard = part(4)
    }
}
