/// One thing that a change does to its entity.
public enum Edit: Hashable, Sendable {
    /// The entity comes into being. Of two creations the first in fold order creates; the other's edits fold as usual.
    case create(Creation)
    case assign(Field, Value)
    case add(Field, Value)
    case remove(Field, Value)
    case count(Field, Int64)
    case transition(Transition)
    case vote(Vote)
    case grant(Grant)
    case revoke(Grant)
    case note(Note)
    case attach(Attachment)
    case request(OnceRequest)
    case answer(Answer)
    case settle(Settlement)
    /// The hub's seal over the rest of the change; the last edit of every change that the hub writes.
    case seal([UInt8])
    /// An edit that a newer version wrote: kept byte for byte, folded after the upgrade.
    case unknown(tag: UInt8, body: [UInt8])
}

/// The birth of an entity: which rules fold it, the state it starts in, and its human label (a ticket's number).
public struct Creation: Hashable, Sendable {
    /// The version of the fold rules that new entities are born under.
    public static let currentRules = FoldRules.first.rawValue

    /// The version of the fold rules; an entity that names a newer one than this version knows is kept and not folded.
    public let rules: UInt8
    public let state: String
    public let label: String

    public init(rules: UInt8 = Creation.currentRules, state: String = "", label: String = "") {
        self.rules = rules
        self.state = state
        self.label = label
    }
}

/// A step of a procedure, with the states it may leave and the one it reaches copied from the pack by its author,
/// so that folding it needs no pack.
public struct Transition: Hashable, Sendable {
    public let name: String
    public let from: [String]
    public let to: String

    public init(name: String, from: [String], to: String) {
        self.name = name
        self.from = from
        self.to = to
    }

    /// Whether it may leave a state: by bytes, as every site compares them whatever its version of Unicode.
    public func leaves(_ state: String) -> Bool { from.contains { $0.utf8.elementsEqual(state.utf8) } }
}

/// A department's vote in one round of a review.
public struct Vote: Hashable, Sendable {
    public enum Choice: UInt8, Sendable {
        case approve = 1
        case reject = 2
        case veto = 3
    }

    public let round: UInt32
    public let department: String
    public let choice: Choice
    public let reason: String

    public init(round: UInt32, department: String, choice: Choice, reason: String = "") {
        self.round = round
        self.department = department
        self.choice = choice
        self.reason = reason
    }
}

/// A role held by a person.
public struct Grant: Hashable, Sendable {
    public let person: String
    public let role: String

    public init(person: String, role: String) {
        self.person = person
        self.role = role
    }
}

/// Words added to an entity; never overtaken.
public struct Note: Hashable, Sendable {
    public enum Visibility: UInt8, Sendable {
        /// For staff.
        case `internal` = 1
        /// The customer may read it.
        case `public` = 2
    }

    public let text: String
    public let visibility: Visibility

    public init(text: String, visibility: Visibility = .internal) {
        self.text = text
        self.visibility = visibility
    }
}

/// A file named by its content.
public struct Attachment: Hashable, Sendable {
    /// SHA-256 of the content, 32 bytes.
    public let hash: [UInt8]
    public let name: String
    public let size: UInt64
    public let mediaType: String

    public init(hash: [UInt8], name: String, size: UInt64, mediaType: String) {
        self.hash = hash
        self.name = name
        self.size = size
        self.mediaType = mediaType
    }
}

/// Asks the province for something that must happen at most once for its key.
public struct OnceRequest: Hashable, Sendable {
    /// What is asked for: `refund`.
    public let purpose: String
    /// The natural key: for a refund, the charge.
    public let key: String
    /// In the currency's smallest unit; 0 where nothing is paid.
    public let amount: Int64
    public let reason: String

    public init(purpose: String, key: String, amount: Int64, reason: String = "") {
        self.purpose = purpose
        self.key = key
        self.amount = amount
        self.reason = reason
    }
}

/// The province's answer to a request: a fact, appended to the entity that asked and never overtaken.
public struct Answer: Hashable, Sendable {
    public enum Outcome: UInt8, Sendable {
        case granted = 1
        case refused = 2
    }

    public let request: ChangeReference
    public let outcome: Outcome
    public let reason: String
    /// For a review: the votes that were counted; any other vote of the round is late.
    public let counted: [ChangeReference]

    public init(request: ChangeReference, outcome: Outcome, reason: String = "", counted: [ChangeReference] = []) {
        self.request = request
        self.outcome = outcome
        self.reason = reason
        self.counted = counted
    }
}

/// Says that a conflict has been seen to: names the losing change.
public struct Settlement: Hashable, Sendable {
    public let losing: ChangeReference

    public init(losing: ChangeReference) { self.losing = losing }
}
