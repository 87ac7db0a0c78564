import Replication
import ServiceDesk
import Standards

/// A contribution as its list shows it.
struct ContributionView {
    let contribution: Contribution
    let wording: Wording

    func json(at now: Int64) throws -> JSONValue {
        let one = contribution
        func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        let title = try one.article.flatMap { try ArticleBook.standing(of: $0, in: wording.store)?.title }
        return [
            "id": .string(one.id.text), "site": .string(one.site.text), "purpose": .string(one.purpose.rawValue),
            "article": one.article.map {
                ["id": .string($0.text), "title": text(title), "version": .integer(one.version ?? 0)]
            } ?? .null,
            "title": .string(one.title), "text": .string(one.text), "ticketNumber": text(one.ticketNumber),
            "category": text(one.category), "due": wording.time(one.due),
            "overdue": .bool(one.outcome == nil && one.due < now), "outcome": text(one.outcome?.rawValue),
            "answer": text(one.answer), "answeredBy": text(one.answeredBy), "made": text(one.made?.text),
        ]
    }
}
