import Standards

enum PackEntry {
    static func run(_ bytes: [UInt8]) throws {
        guard let pack = try CheckedDocument.check(StandardPack.check, bytes) else { return }
        try BrokenProperty.check(StandardPack.check(bytes).0 == pack, "a second check gives another pack")
        try BrokenProperty.check(
            (1...TicketType.limit).contains(pack.ticketTypes.count), "\(pack.ticketTypes.count) ticket types")
        let categories = Set(pack.categories.map(\.id))
        try BrokenProperty.check(categories.count == pack.categories.count, "a category twice")
        let types = Set(pack.ticketTypes.map(\.id))
        try BrokenProperty.check(types.count == pack.ticketTypes.count, "a ticket type twice")
        for category in pack.categories {
            try BrokenProperty.check(category.types.allSatisfy(types.contains), "a category of no type")
        }
        for type in pack.ticketTypes { try check(type) }
    }

    /// A ticket can be opened, worked and ended.
    private static func check(_ type: TicketType) throws {
        let states = Set(type.states.map(\.id))
        try BrokenProperty.check(states.count == type.states.count, "a state twice")
        try BrokenProperty.check(states.contains(type.initial), "no initial state")
        try BrokenProperty.check(type.states.contains(where: \.isFinal), "no final state")
        for rule in type.transitions {
            try BrokenProperty.check(
                states.contains(rule.to) && rule.from.allSatisfy(states.contains), "a transition leads nowhere")
        }
    }
}
