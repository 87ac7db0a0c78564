/// What becomes of a ticket by its changes alone, worked out from what people did and in which order: of two
/// assignments the later stands, and a step has effect only where it may be taken.
struct TicketReckoning {
    struct Assigned: Equatable {
        /// As a ``Deed`` spells it.
        let value: String
        let by: Journal.Key
    }

    struct Step {
        let name: String
        let leaves: [String]
        let to: String
        let from: String
        let by: Journal.Key

        var hasEffect: Bool { leaves.contains(from) }
    }

    /// An assignment that had effect when its turn came.
    struct Assignment {
        let deed: Deed
        let value: String
        var key: Journal.Key { Journal.Key(origin: deed.origin, sequence: deed.sequence) }
    }

    private(set) var state = ""
    private(set) var fields: [UInt16: Assigned] = [:]
    private(set) var assignments: [UInt16: [Assignment]] = [:]
    private(set) var steps: [Step] = []
    /// The branches that were asked to help. Nobody here takes that back.
    private(set) var helpers: Set<String> = []
    private var isCreated = false
    private static let collaborators: UInt16 = 32

    /// - Parameter lines: those that count, in their order.
    init(_ lines: [TicketBooks.Line]) {
        for line in lines { if let deed = line.deed { take(deed, line.key) } }
    }

    private mutating func take(_ deed: Deed, _ key: Journal.Key) {
        for case .created(let first) in deed.kinds where !isCreated {
            isCreated = true
            state = first
        }
        for case .stepped(let name, let leaves, let to) in deed.kinds {
            let step = Step(name: name, leaves: leaves, to: to, from: state, by: key)
            steps.append(step)
            // All that was done along with it comes to nothing.
            guard step.hasEffect else { return }
            state = to
        }
        for case .added(Self.collaborators, let site) in deed.kinds { helpers.insert(site) }
        for case .assigned(let field, let value) in deed.kinds {
            fields[field] = Assigned(value: value, by: key)
            assignments[field, default: []].append(Assignment(deed: deed, value: value))
        }
    }
}
