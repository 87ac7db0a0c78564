import Replication

/// What a person did, in words of the rehearsal's own, so that what comes of it can be worked out without the code that
/// is under test.
public struct Deed: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case created(state: String)
        case assigned(field: UInt16, value: String)
        case stepped(name: String, from: [String], to: String)
        case noted(String)
        /// A text put into a set.
        case added(field: UInt16, value: String)
        case voted(round: UInt32, department: String, isVeto: Bool)
        case asked(charge: String, fen: Int64)
        case answered(origin: UInt64, sequence: UInt64, isGranted: Bool)
        case granted(person: String, role: String)
        case revoked(person: String, role: String)
        case other
    }

    /// The branch's or the hub's number.
    public let site: Int
    public let origin: UInt64
    public let sequence: UInt64
    /// Kind and 16 bytes, in hexadecimal.
    public let entity: String
    public let isTicket: Bool
    /// What the author had seen of other origins: the highest sequence of each.
    public let seen: [UInt64: UInt64]
    public let kinds: [Kind]
    /// Of everything but its time, which may be corrected before it leaves.
    public let fingerprint: UInt64
    /// Of what was done, and to what, whatever number it has: a database that was put back issues it again under
    /// another.
    public let essence: UInt64

    init(_ change: Change, at site: Int) {
        self.site = site
        origin = change.origin.raw
        sequence = change.sequence
        entity = change.entity.text
        isTicket = change.entity.kind.rawValue == 16
        seen = Dictionary(
            change.seen.entries.map { ($0.origin.raw, $0.sequence) },
            uniquingKeysWith: { first, second in max(first, second) })
        kinds = change.edits.map(Self.kind)
        let body = change.bodyAsStored
        fingerprint = Fingerprint.of(body: body)
        essence = StoredBody(body).essence(of: change.entity.kind.rawValue, change.entity.bytes)
    }

    /// The same deed under the number that it was issued again under.
    init(_ deed: Deed, as key: Journal.Key, _ body: StoredBody) {
        site = deed.site
        origin = key.origin
        sequence = key.sequence
        entity = deed.entity
        isTicket = deed.isTicket
        seen = body.seen
        kinds = deed.kinds
        fingerprint = Fingerprint.of(body: body.bytes)
        essence = deed.essence
    }

    private static func kind(_ edit: Edit) -> Kind {
        switch edit {
        case .create(let creation): .created(state: creation.state)
        case .assign(let field, let value): .assigned(field: field.rawValue, value: words(of: value))
        case .transition(let step): .stepped(name: step.name, from: step.from, to: step.to)
        case .note(let note): .noted(note.text)
        case .add(let field, let value): .added(field: field.rawValue, value: words(of: value))
        case .vote(let vote): .voted(round: vote.round, department: vote.department, isVeto: vote.choice == .veto)
        case .request(let request): .asked(charge: request.key, fen: request.amount)
        case .answer(let answer):
            .answered(
                origin: answer.request.origin.raw, sequence: answer.request.sequence,
                isGranted: answer.outcome == .granted)
        case .grant(let grant): .granted(person: grant.person, role: grant.role)
        case .revoke(let grant): .revoked(person: grant.person, role: grant.role)
        default: .other
        }
    }

    /// A value as deeds spell it.
    static func words(of value: Value) -> String {
        switch value {
        case .text(let text): text
        case .integer(let number): String(number)
        case .null: "null"
        case .bool(let flag): "bool(\(flag))"
        case .bytes(let bytes): "bytes(\(bytes))"
        }
    }

    /// *Covers* in the checkers' own words: named in what was seen, or earlier by the same origin.
    public func covers(origin: UInt64, sequence: UInt64) -> Bool {
        origin == self.origin ? sequence <= self.sequence : (seen[origin] ?? 0) >= sequence
    }
}

/// A number for bytes, FNV-1a over 64 bits: for comparing what was written with what is stored.
public enum Fingerprint {
    public static func of(body: [UInt8]) -> UInt64 {
        body.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
