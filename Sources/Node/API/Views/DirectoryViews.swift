import Replication
import ServiceDesk
import Standards

/// A site of the directory.
enum SiteView {
    static func json(_ entry: DirectoryEntry) -> JSONValue {
        [
            "site": .string(entry.site.text), "role": .string(entry.role), "name": LocalText(entry).json,
            "divisionCode": .string(entry.divisionCode), "letters": .string(entry.ticketLetters),
            "joined": .bool(entry.hasJoined), "revoked": .bool(entry.isRevoked),
        ]
    }
}

/// A published standard.
enum StandardView {
    static func json(_ listing: StandardListing, _ wording: Wording) -> JSONValue {
        [
            "digest": .string(listing.name.text), "version": .string(listing.version),
            "publishedAt": wording.time(listing.published), "effectiveAt": wording.time(listing.effective),
            "current": .bool(listing.isCurrent),
        ]
    }
}

/// A request for something that happens at most once.
enum DecisionView {
    static func json(_ standing: RequestStanding, _ wording: Wording) throws -> JSONValue {
        var members: [String: JSONValue] = [
            "request": standing.change.reference.json, "ticket": .string(standing.row.id.text),
            "number": .string(standing.row.state.creation?.label ?? ""), "purpose": .string(standing.request.purpose),
            "charge": .string(standing.request.key), "amountFen": .integer(standing.request.amount),
            "reason": .string(standing.request.reason), "site": try wording.site(of: standing.change.origin),
            "actor": .string(standing.change.actor), "at": wording.time(standing.change.stamp),
            "state": .string(standing.state.rawValue),
        ]
        if let answer = standing.answer { members["answerReason"] = .string(answer.reason) }
        return .object(members)
    }
}
