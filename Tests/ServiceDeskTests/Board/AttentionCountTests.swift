import Replication
import SQLite
import Testing

@testable import ServiceDesk

@Suite("Tickets that call for the province are counted")
struct AttentionCountTests {
    @Test(
        "what is read is the few that do, and never all tickets that are open",
        arguments: TicketQuery.Attention.allCases)
    func plan(_ attention: TicketQuery.Attention) throws {
        let database = try Database(path: ":memory:", mode: .readWriteCreate)
        try database.migrate(Schema.migrations + DeskSchema.migrations)
        for counted: SQL in ["SELECT count(*) FROM (", "SELECT count(*) FROM ticket WHERE entity IN ("] {
            let plan = try database.all("EXPLAIN QUERY PLAN " + counted + attention.entities + ")") { $0.text(3) }
            #expect(plan.contains("SCAN attention"), "\(plan)")
            #expect(plan.allSatisfy { !$0.contains("SCAN board") && !$0.contains("SCAN ticket") }, "\(plan)")
        }
    }
}
