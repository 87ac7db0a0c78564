@testable import Replication

/// Short ways to write the changes of a test. Origins are small numbers, times are milliseconds.
enum Changes {
    static let entity = EntityID(kind: EntityKind(rawValue: 16), high: 0x0123_4567_89AB_CDEF, low: 42)
    static let field = Field(rawValue: 2)
    static let other = Field(rawValue: 3)
    static let set = Field(rawValue: 32)
    static let counter = Field(rawValue: 33)

    static func origin(_ number: Int) -> OriginID { OriginID(raw: 0xA000 + UInt64(number)) }

    static func reference(_ origin: Int, _ sequence: UInt64) -> ChangeReference {
        ChangeReference(origin: self.origin(origin), sequence: sequence)
    }

    /// - Parameters:
    ///   - origin: whose change, as a small number.
    ///   - sequence: its number within the origin.
    ///   - time: the stamp's milliseconds; the counter is 0.
    ///   - seen: the changes of other origins up to which the author had seen the entity.
    static func change(
        _ origin: Int, _ sequence: UInt64, at time: Int64, seen: [ChangeReference] = [],
        entity: EntityID = Changes.entity, actor: String = "", key: [UInt8] = [], _ edits: Edit...
    ) -> Change {
        Change(
            origin: self.origin(origin), sequence: sequence, stamp: Stamp(milliseconds: time), entity: entity,
            seen: VersionVector(seen), actor: actor, key: key, edits: edits)
    }

    /// The creation of the test entity in the state `new`, by origin 0 at time 1.
    static let creation = change(0, 1, at: 1, .create(Creation(state: "new", label: "T-1")))

    /// What has seen the creation and nothing else.
    static let afterCreation = [reference(0, 1)]

    static func sets(_ text: String, in field: Field = Changes.field) -> Edit { .assign(field, .text(text)) }

    static func moves(from: String..., to: String) -> Edit {
        .transition(Transition(name: "to " + to, from: from, to: to))
    }

    static func votes(_ choice: Vote.Choice, by department: String, round: UInt32 = 1) -> Edit {
        .vote(Vote(round: round, department: department, choice: choice))
    }

    static func notes(_ text: String) -> Edit { .note(Note(text: text)) }

    static func attaches(_ name: String) -> Edit {
        .attach(Attachment(hash: Array(repeating: 7, count: 32), name: name, size: 9, mediaType: "text/plain"))
    }

    static func asks(_ key: String) -> Edit { .request(OnceRequest(purpose: "refund", key: key, amount: 100)) }

    static func answers(
        _ request: ChangeReference, _ outcome: Answer.Outcome = .granted, counted: [ChangeReference] = []
    ) -> Edit {
        .answer(Answer(request: request, outcome: outcome, reason: "because", counted: counted))
    }
}
