import Replication
import ServiceDesk
import Standards

/// An announcement as lists and pages show it.
struct AnnouncementView {
    let announcement: Announcement
    let wording: Wording

    func json(at now: Int64) -> JSONValue {
        let one = announcement
        func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        return [
            "id": .string(one.id.text), "state": .string(one.standing(at: now).rawValue),
            "text": ["zh": .string(one.zh), "en": .string(one.en)], "wording": text(one.wording),
            "standard": text(one.standard), "area": text(one.area),
            "sites": .array(one.sites.map { .string($0) }), "categories": .array(one.categories.map { .string($0) }),
            "from": wording.time(one.from), "until": wording.time(one.until),
            "ticket": one.ticket.map { ["id": .string($0.text), "number": text(one.ticketNumber)] } ?? .null,
            "withdrawnAt": one.withdrawnAt.map(wording.time) ?? .null, "withdrawnBy": text(one.withdrawnBy),
        ]
    }
}
