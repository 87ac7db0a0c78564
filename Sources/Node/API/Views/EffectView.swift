import Replication
import ServiceDesk
import Standards

/// What a change did, in the words of the API.
struct EffectView {
    let words: FieldWords

    func json(_ effect: Fold.Effect) -> JSONValue {
        switch effect {
        case .created: ["kind": "created"]
        case .assigned(let field, let old, let new):
            [
                "kind": "assigned", "field": words.json(field), "old": words.json(old, of: field),
                "new": words.json(new, of: field),
            ]
        case .lost(let field, let value, let winner):
            [
                "kind": "lost", "field": words.json(field), "value": words.json(value, of: field),
                "to": words.json(winner, of: field),
            ]
        case .added(let field, let value): ["kind": "added", "field": words.json(field), "value": value.json]
        case .removed(let field, let value): ["kind": "removed", "field": words.json(field), "value": value.json]
        case .counted(let field, let delta): ["kind": "counted", "field": words.json(field), "by": .integer(delta)]
        case .moved(let name, let from, let to):
            ["kind": "moved", "name": .string(name), "from": .string(from), "to": .string(to)]
        case .overtaken(let name, let from, let stage):
            [
                "kind": "overtaken", "name": .string(name), "from": .array(from.map { .string($0) }),
                "stage": .string(stage),
            ]
        case .settled(let losing): ["kind": "settled", "losing": losing.json]
        case .unknown: ["kind": "unknown"]
        case .voted, .granted, .grantWithoutEffect, .revoked: json(ofPeople: effect)
        case .noted, .attached, .requested, .answered: json(ofAppend: effect)
        }
    }

    private func json(ofPeople effect: Fold.Effect) -> JSONValue {
        switch effect {
        case .voted(let vote):
            [
                "kind": "voted", "round": .integer(Int64(vote.round)), "department": .string(vote.department),
                "choice": .string("\(vote.choice)"), "reason": .string(vote.reason),
            ]
        case .granted(let grant): ["kind": "granted", "person": .string(grant.person), "role": .string(grant.role)]
        case .grantWithoutEffect(let grant):
            ["kind": "grantWithoutEffect", "person": .string(grant.person), "role": .string(grant.role)]
        case .revoked(let grant): ["kind": "revoked", "person": .string(grant.person), "role": .string(grant.role)]
        default: .null
        }
    }

    private func json(ofAppend effect: Fold.Effect) -> JSONValue {
        switch effect {
        case .noted(let note):
            [
                "kind": "noted", "text": .string(note.text),
                "visibility": note.visibility == .public ? "public" : "internal",
            ]
        case .attached(let attachment):
            [
                "kind": "attached", "name": .string(attachment.name),
                "size": .integer(Int64(clamping: attachment.size)),
                "mediaType": .string(attachment.mediaType), "hash": .string(Secrets.hex(attachment.hash)),
            ]
        case .requested(let request):
            [
                "kind": "requested", "purpose": .string(request.purpose), "charge": .string(request.key),
                "amountFen": .integer(request.amount), "reason": .string(request.reason),
            ]
        case .answered(let answer):
            [
                "kind": "answered", "request": answer.request.json, "outcome": .string(answer.outcome.word),
                "reason": .string(answer.reason),
            ]
        default: .null
        }
    }

    /// What a refused change would have done: it was never folded, so nothing says what was there before.
    func json(intended edit: Edit) -> JSONValue? {
        switch edit {
        case .create: json(.created)
        case .assign(let field, let value): json(.assigned(field, old: .null, new: value))
        case .add(let field, let value): json(.added(field, value))
        case .remove(let field, let value): json(.removed(field, value))
        case .count(let field, let delta): json(.counted(field, delta))
        case .transition(let step):
            json(.moved(name: step.name, from: step.from.joined(separator: ", "), to: step.to))
        case .vote(let vote): json(.voted(vote))
        case .grant(let grant): json(.granted(grant))
        case .revoke(let grant): json(.revoked(grant))
        case .note(let note): json(.noted(note))
        case .attach(let attachment): json(.attached(attachment))
        case .request(let request): json(.requested(request))
        case .answer(let answer): json(.answered(answer))
        case .settle(let settlement): json(.settled(settlement.losing))
        case .unknown: json(.unknown)
        case .seal: nil
        }
    }
}
