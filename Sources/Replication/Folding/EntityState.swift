/// What an entity is: the fold of its changes. Equal at every site that has heard the same changes, byte for byte.
public struct EntityState: Sendable, Equatable {
    /// A value in effect and the change that put it there.
    public struct Assigned: Hashable, Sendable {
        public let value: Value
        public let by: ChangeReference
    }

    /// An element of a set and the adds that keep it there: it goes when a remove has covered them all.
    public struct Element: Hashable, Sendable {
        public let value: Value
        public var adds: [ChangeReference]
    }

    public struct Requested: Hashable, Sendable {
        public let request: OnceRequest
        public let by: ChangeReference
    }

    public struct Answered: Hashable, Sendable {
        public let answer: Answer
        public let by: ChangeReference
    }

    public struct Voted: Hashable, Sendable {
        public let vote: Vote
        public let by: ChangeReference
    }

    public struct Attached: Hashable, Sendable {
        public let attachment: Attachment
        public let by: ChangeReference
    }

    /// A role's history for one person: the grants in effect and every revocation so far.
    public struct Holding: Hashable, Sendable {
        public var grants: [ChangeReference] = []
        public var revocations: [ChangeReference] = []
    }

    public internal(set) var creation: Creation?
    public internal(set) var createdBy: ChangeReference?
    /// The state reached, in the words of the pack, and the change that reached it.
    public internal(set) var stage: Assigned?
    public internal(set) var fields = OrderedTable<Field, Assigned>()
    public internal(set) var sets = OrderedTable<Field, [Element]>()
    public internal(set) var counts = OrderedTable<Field, Int64>()
    public internal(set) var requests: [Requested] = []
    public internal(set) var answers: [Answered] = []
    public internal(set) var votes: [Voted] = []
    public internal(set) var attachments: [Attached] = []
    public internal(set) var holdings = OrderedTable<HoldingKey, Holding>()
    public internal(set) var conflicts: [Conflict] = []
    /// Notes are read from the log; the state counts them.
    public internal(set) var notes: UInt64 = 0
    /// Whether a change holds an edit that this version does not know, or the creation names rules that it does not
    /// know: folded again after the upgrade.
    public internal(set) var hasUnknownEdits = false
    public internal(set) var vector = VersionVector()
    /// The place of the last change folded; a change that sorts after it takes the fast path.
    public internal(set) var last: FoldPosition?

    public init() {}

    /// Whether the entity has been created, by rules that this version knows.
    public var exists: Bool { creation?.foldRules != nil }
    /// The state reached; empty before a creation.
    public var stageName: String { stage?.value.textValue ?? "" }

    public subscript(field: Field) -> Value { fields[field]?.value ?? .null }

    public func elements(of field: Field) -> [Value] { (sets[field] ?? []).map(\.value) }

    public func answer(to request: ChangeReference) -> Answer? { answered(request)?.answer }

    /// The answer that counts, and the change that brought it: the first, but a grant before any refusal.
    ///
    /// Two can come to be where a hub was put back and the only disk that held its refusal was a copy that nobody knew
    /// of. What was granted may have been paid, and is shown as that.
    public func answered(_ request: ChangeReference) -> Answered? {
        let given = answers.filter { $0.answer.request == request }
        return given.first { $0.answer.outcome == .granted } ?? given.first
    }

    /// Whether a person holds a role: at least one grant covers every revocation.
    public func holds(_ role: String, person: String) -> Bool {
        !(holdings[HoldingKey(person: person, role: role)]?.grants.isEmpty ?? true)
    }

    public static func == (left: EntityState, right: EntityState) -> Bool { left.encoded == right.encoded }
}

/// A person and a role, in an order of bytes.
public struct HoldingKey: Hashable, Comparable, Sendable {
    public let person: String
    public let role: String

    public init(person: String, role: String) {
        self.person = person
        self.role = role
    }

    public static func == (left: HoldingKey, right: HoldingKey) -> Bool {
        left.person.utf8.elementsEqual(right.person.utf8) && left.role.utf8.elementsEqual(right.role.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(Array(person.utf8))
        hasher.combine(Array(role.utf8))
    }

    public static func < (left: HoldingKey, right: HoldingKey) -> Bool {
        if left.person.utf8.elementsEqual(right.person.utf8) {
            return left.role.utf8.lexicographicallyPrecedes(right.role.utf8)
        }
        return left.person.utf8.lexicographicallyPrecedes(right.person.utf8)
    }
}
