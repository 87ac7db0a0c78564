import Replication
import ServiceDesk
import Testing

@Suite("A hub of the first protocol")
struct OlderHubTests {
    @Test("is sent none of the fields that it does not know")
    func levels() {
        let entity = EntityID(kind: .ticket, high: 1, low: 1)
        func level(_ edit: Edit) -> UInt16 {
            Change(
                origin: OriginID(raw: 1), sequence: 1, stamp: Stamp(milliseconds: 1), entity: entity, edits: [edit]
            ).levelNeeded(DeskDomain().levels)
        }
        let known = (1...16).map { Field(rawValue: $0) } + [TicketField.collaborators]
        for field in known { #expect(level(.assign(field, .null)) == 1, "\(field)") }
        // Every field that has a name and was not there from the first.
        let later = (17..<4_096).map { Field(rawValue: $0) }
            .filter { FieldNumbers.name($0) != nil && ![TicketField.collaborators, TicketField.articles].contains($0) }
        #expect(later.count == 7)
        for field in later { #expect(level(.assign(field, .null)) == 2, "\(field)") }
        #expect(level(.add(TicketField.articles, .null)) == 3)
    }
}
