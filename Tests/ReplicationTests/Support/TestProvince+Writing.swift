@testable import Replication

extension TestProvince {
    /// Writes at a site; a 412 is thrown as `changedSince`.
    @discardableResult
    func write(
        _ edits: Edit..., on entity: EntityID, at site: TestSite, key: IdempotencyKey? = nil,
        shown: RowVersion? = nil
    ) throws -> Written {
        try write(edits, on: entity, at: site, key: key, shown: shown)
    }

    @discardableResult
    func write(
        _ edits: [Edit], on entity: EntityID, at site: TestSite, key: IdempotencyKey? = nil,
        shown: RowVersion? = nil
    ) throws -> Written {
        now += 1
        let draft = Draft(entity: entity, edits: edits, actor: "clerk", key: key, shown: shown)
        switch try site.session({ try $0.write(draft, at: site.time(at: now)) }) {
        case .written(let written): return written
        case .changedSince(let stale):
            throw ReplicationError(
                .changedSince, "\(stale.items.count) things have changed.", remedy: "Look again.")
        }
    }

    /// A new ticket of a site, with those that work on it together.
    @discardableResult
    func ticket(
        at site: TestSite, sharedWith others: [TestSite] = [], title: String = "broken line"
    ) throws -> EntityID {
        let entity = newTicket()
        var edits: [Edit] = [
            .create(Creation(state: "new", label: "T")), .assign(TestDomain.home, .text(site.id.text)),
            .assign(TestDomain.title, .text(title)),
        ]
        edits += others.map { .add(TestDomain.collaborators, .text($0.id.text)) }
        try write(edits, on: entity, at: site)
        return entity
    }

    static func title(_ text: String) -> Edit { .assign(TestDomain.title, .text(text)) }
    static func remark(_ text: String) -> Edit { .assign(TestDomain.remark, .text(text)) }
    static func home(_ site: TestSite) -> Edit { .assign(TestDomain.home, .text(site.id.text)) }
    static func note(_ text: String) -> Edit { .note(Note(text: text)) }
}
