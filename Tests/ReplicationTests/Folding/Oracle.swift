@testable import Replication

/// The laws of the fold said a second time, as statements about the whole set of changes and not as steps; it shares no
/// code with `Fold`. What the laws say by order (stages, predecessors in effect) is walked, the rest is asked of the
/// set.
struct Oracle {
    /// One edit with its place: changes in the order (stamp, origin), edits in the order of their change.
    private struct Place {
        let change: Change
        let edit: Edit
        let order: Int

        func follows(_ other: Place) -> Bool { order > other.order }
        func covers(_ other: Place) -> Bool { change.covers(other.change.reference) }
    }

    private let changes: [Change]
    private var places: [Place] = []
    /// Places whose edits have effect: all but those of overtaken changes.
    private var effective: [Place] = []
    private var conflicts: [(conflict: Conflict, order: Int)] = []
    private var picture = Picture()

    static func picture(of changes: [Change]) -> Picture {
        var oracle = Oracle(changes)
        oracle.walk()
        oracle.gatherSets()
        oracle.gatherCounts()
        oracle.gatherRoles()
        oracle.gatherAppends()
        oracle.settle()
        return oracle.picture
    }

    private init(_ changes: [Change]) {
        self.changes = changes.sorted {
            $0.stamp.raw == $1.stamp.raw ? $0.origin.raw < $1.origin.raw : $0.stamp.raw < $1.stamp.raw
        }
        var order = 0
        for change in self.changes {
            for edit in change.edits {
                places.append(Place(change: change, edit: edit, order: order))
                order += 1
            }
        }
    }

    private mutating func walk() {
        var fields: [Field: (value: Value, by: Change)] = [:]
        for change in changes {
            let own = places.filter { $0.change.reference == change.reference }
            for case .create(let creation) in change.edits where picture.createdBy == nil {
                picture.createdBy = change.reference
                picture.stage = creation.state
                picture.stageBy = change.reference
            }
            var isOvertaken = false
            for case .transition(let transition) in change.edits {
                if transition.from.contains(picture.stage ?? "") {
                    picture.stage = transition.to
                    picture.stageBy = change.reference
                } else {
                    isOvertaken = true
                    note(.stage, .overtaken, change.reference, .text(transition.to), own[0].order)
                }
            }
            if !isOvertaken { effective += own }
            for place in own {
                guard case .assign(let field, let value) = place.edit else { continue }
                let before = fields[field]
                if isOvertaken {
                    if (before?.value ?? .null) != value {
                        note(.field(field), .overtaken, change.reference, value, place.order, to: before)
                    }
                    continue
                }
                if let before, before.value != value, !change.covers(before.by.reference) {
                    note(
                        .field(field), .laterWins, before.by.reference, before.value, place.order, to: (value, change))
                }
                fields[field] = (value, change)
            }
        }
        picture.fields = fields.sorted { $0.key < $1.key }.map {
            Picture.Held(field: $0.key, value: $0.value.value, by: [$0.value.by.reference])
        }
    }

    private mutating func note(
        _ subject: Conflict.Subject, _ rule: Conflict.Rule, _ losing: ChangeReference, _ value: Value, _ order: Int,
        to winner: (value: Value, by: Change)? = nil
    ) {
        let stage: Value = subject == .stage ? picture.stage.map { .text($0) } ?? .null : .null
        let conflict = Conflict(
            subject: subject, rule: rule, losing: losing, losingValue: value,
            winning: winner?.by.reference ?? picture.stageBy ?? losing, winningValue: winner?.value ?? stage)
        conflicts.append((conflict, order))
    }

    /// An add stays unless a later remove of the same element covers it.
    private mutating func gatherSets() {
        var kept: [(field: Field, value: Value, by: [ChangeReference])] = []
        for place in effective {
            guard case .add(let field, let value) = place.edit else { continue }
            let isRemoved = effective.contains { other in
                guard case .remove(field, value) = other.edit else { return false }
                return other.follows(place) && other.covers(place)
            }
            guard !isRemoved else { continue }
            if let index = kept.firstIndex(where: { $0.field == field && $0.value == value }) {
                kept[index].by.append(place.change.reference)
            } else {
                kept.append((field, value, [place.change.reference]))
            }
        }
        kept.sort {
            $0.field == $1.field
                ? $0.value.encoded.lexicographicallyPrecedes($1.value.encoded) : $0.field < $1.field
        }
        picture.elements = kept.map { Picture.Held(field: $0.field, value: $0.value, by: $0.by) }
    }

    private mutating func gatherCounts() {
        var sums: [Field: Int64] = [:]
        for place in effective {
            if case .count(let field, let delta) = place.edit { sums[field, default: 0] &+= delta }
        }
        picture.counts = sums.sorted { $0.key < $1.key }.map { Picture.Count(field: $0.key, sum: $0.value) }
    }

    /// A grant counts if every revocation of that person and role, at any time, is one that it follows and covers.
    private mutating func gatherRoles() {
        var keys: [Grant] = []
        for place in effective {
            switch place.edit {
            case .grant(let grant), .revoke(let grant): if !keys.contains(grant) { keys.append(grant) }
            default: break
            }
        }
        keys.sort { ($0.person, $0.role) < ($1.person, $1.role) }
        for key in keys {
            let revocations = effective.filter { $0.edit == .revoke(key) }
            let grants = effective.filter { place in
                place.edit == .grant(key) && revocations.allSatisfy { place.follows($0) && place.covers($0) }
            }
            picture.roles.append(
                Picture.Role(
                    person: key.person, role: key.role, grants: grants.map(\.change.reference),
                    revocations: revocations.map(\.change.reference)))
        }
    }

    private mutating func gatherAppends() {
        for place in places {
            switch place.edit {
            case .note: picture.notes += 1
            case .attach: picture.attachments.append(place.change.reference)
            case .request: picture.requests.append(place.change.reference)
            case .answer: picture.answers.append(place.change.reference)
            case .unknown: picture.hasUnknownEdits = true
            default: break
            }
        }
        for place in effective {
            if case .vote = place.edit { picture.votes.append(place.change.reference) }
        }
        var highest: [OriginID: UInt64] = [:]
        for change in changes { highest[change.origin] = max(highest[change.origin, default: 0], change.sequence) }
        picture.vector = highest.map { ChangeReference(origin: $0.key, sequence: $0.value) }.sorted()
        picture.last = changes.last.map { FoldPosition(stamp: $0.stamp, origin: $0.origin) }
    }

    /// The first settlement after a conflict that names its loser and covers both its sides.
    private mutating func settle() {
        picture.conflicts = conflicts.map { conflict, order in
            let settling = effective.first { place in
                guard case .settle(let settlement) = place.edit, settlement.losing == conflict.losing else {
                    return false
                }
                return place.order > order && place.change.covers(conflict.losing)
                    && place.change.covers(conflict.winning)
            }
            return Conflict(
                subject: conflict.subject, rule: conflict.rule, losing: conflict.losing,
                losingValue: conflict.losingValue, winning: conflict.winning, winningValue: conflict.winningValue,
                settledBy: settling?.change.reference)
        }
    }
}
