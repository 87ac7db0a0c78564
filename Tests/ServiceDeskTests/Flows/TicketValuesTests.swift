import Replication
import Testing

@testable import ServiceDesk

@Suite("What a ticket will hold once a change is made")
struct TicketValuesTests {
    @Test("counts what the change adds to a set and takes from it, in its order")
    func sets() {
        let field = FieldNumbers.field("agreedCustomers")
        let edits: [Edit] = [
            .add(field, .text("bank")), .add(field, .text("court")), .remove(field, .text("bank")),
        ]
        #expect(TicketValues(state: EntityState(), edits: edits).elements("agreedCustomers") == ["court"])
    }

    @Test("is what was assigned last, and nothing for an empty text")
    func fields() {
        let field = FieldNumbers.field("resolution")
        let values = TicketValues(
            state: EntityState(), edits: [.assign(field, .text("a")), .assign(field, .text("b"))])
        #expect(values.text("resolution") == "b")
        #expect(!TicketValues(state: EntityState(), edits: [.assign(field, .text(""))]).isFilled("resolution"))
    }
}
