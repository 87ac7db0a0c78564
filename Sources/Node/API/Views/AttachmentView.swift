import Replication
import Standards

/// A file of a ticket, and where it is.
struct AttachmentView {
    let held: HeldAttachment

    init(_ held: HeldAttachment) { self.held = held }

    var json: JSONValue {
        var members = Self.members(of: held.attachment)
        members["change"] = held.by.json
        members["place"] = .string(held.place.rawValue)
        members["here"] = .bool(held.isHere)
        members["bytesHere"] = .integer(Int64(held.bytesHere))
        members["wanted"] = .bool(held.isWanted)
        return .object(members)
    }

    static func members(of file: Attachment) -> [String: JSONValue] {
        [
            "hash": .string(Secrets.hex(file.hash)), "name": .string(file.name),
            "size": .integer(Int64(clamping: file.size)), "mediaType": .string(file.mediaType),
        ]
    }

    /// Where it is, for the end of a refusal.
    static func whereabouts(_ place: AttachmentPlace) -> String {
        switch place {
        case .onlyHere: "It is here and nowhere else yet."
        case .onlyAtAuthor: "The hub has not received it yet: it is only where it was attached."
        case .atHub: "It is at the hub."
        case .atTwoPlaces: "It is at the hub and at another place."
        }
    }
}
