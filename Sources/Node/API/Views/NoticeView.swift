import Replication
import ServiceDesk
import Standards

/// A notice in the words of the API: nothing of the customer, to whom it goes or what it says.
struct NoticeView {
    let notice: Notice
    let wording: Wording

    var json: JSONValue {
        get throws {
            let row = try wording.store.row(number: notice.entity)
            let text = { (text: String?) -> JSONValue in text.map { .string($0) } ?? .null }
            return [
                "id": notice.change.json, "ticket": .string(notice.ticket.text),
                "number": text(row.state.creation?.label),
                "step": .string(notice.step), "stage": .string(notice.stage), "state": .string(notice.state.word),
                "reason": text(notice.reason?.rawValue), "channel": text(notice.channel),
                "template": text(notice.template), "attempts": .integer(Int64(notice.attempts)),
                "recorded": wording.time(notice.recorded), "changed": wording.time(notice.changed),
                "next": notice.state == .queued ? wording.time(max(notice.next, notice.recorded)) : .null,
                "actor": text(notice.actor),
            ]
        }
    }
}
