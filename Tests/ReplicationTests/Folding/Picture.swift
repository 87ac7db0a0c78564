@testable import Replication

/// What a folded state says, laid open for comparison with what ``Oracle`` finds by other means.
struct Picture: Equatable {
    struct Held: Equatable {
        let field: Field
        let value: Value
        let by: [ChangeReference]
    }

    struct Role: Equatable {
        let person: String
        let role: String
        let grants: [ChangeReference]
        let revocations: [ChangeReference]
    }

    struct Count: Equatable {
        let field: Field
        let sum: Int64
    }

    var createdBy: ChangeReference?
    var stage: String?
    var stageBy: ChangeReference?
    var fields: [Held] = []
    var elements: [Held] = []
    var counts: [Count] = []
    var roles: [Role] = []
    var conflicts: [Conflict] = []
    var votes: [ChangeReference] = []
    var requests: [ChangeReference] = []
    var answers: [ChangeReference] = []
    var attachments: [ChangeReference] = []
    var notes = 0
    var hasUnknownEdits = false
    var vector: [ChangeReference] = []
    var last: FoldPosition?

    init() {}

    init(_ state: EntityState) {
        createdBy = state.createdBy
        stage = state.stage?.value.textValue
        stageBy = state.stage?.by
        fields = state.fields.entries.map { Held(field: $0.key, value: $0.value.value, by: [$0.value.by]) }
        for (field, members) in state.sets.entries {
            elements += members.map { Held(field: field, value: $0.value, by: $0.adds) }
        }
        counts = state.counts.entries.map { Count(field: $0.key, sum: $0.value) }
        roles = state.holdings.entries.map {
            Role(person: $0.key.person, role: $0.key.role, grants: $0.value.grants, revocations: $0.value.revocations)
        }
        conflicts = state.conflicts
        votes = state.votes.map(\.by)
        requests = state.requests.map(\.by)
        answers = state.answers.map(\.by)
        attachments = state.attachments.map(\.by)
        notes = Int(state.notes)
        hasUnknownEdits = state.hasUnknownEdits
        vector = state.vector.entries
        last = state.last
    }
}
