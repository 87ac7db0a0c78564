import Replication
import ServiceDesk
import Testing

struct RandomDeskTests {
    @Test("whatever people do, every list is what the log makes it, all agree, and each charge is paid at most once")
    func randomRuns() throws {
        var written = 0
        for number in 0..<UInt64(12) {
            let seed = DeskRandom.seed &+ number &* 7_919
            var run = try RandomDeskRun(seed: seed)
            do {
                try run.run(steps: 120)
                try run.province.checkDatabases()
                try run.province.converge()
                try run.province.checkAgreement()
                try check(run)
                written += run.written
            } catch {
                Issue.record("TRIBUTARY_SEED=\(seed): \(error)")
                return
            }
        }
        // Else the runs would try nothing.
        #expect(written > 200)
    }

    private func check(_ run: RandomDeskRun) throws {
        let province = run.province
        let store = province.hub.store
        let waiting = try store.database.first("SELECT count(*) FROM waiting") { $0.int(0) }
        #expect(waiting == 0)
        let granted = try RequestStanding.list(in: store, state: .granted).map(\.request.key)
        #expect(granted.count == Set(granted).count, "a charge was granted twice")
        #expect(try store.effects(in: .pending).count == granted.count)
        for ticket in run.tickets {
            try province.checkOneOwner(of: ticket)
            let owner = try #require(try province.home(of: ticket, at: province.hub))
            let holders = try province.branches.filter { try province.home(of: ticket, at: $0) == $0.id.text }
            #expect(holders.map(\.id.text) == [owner])
        }
        let customers = try store.database.all("SELECT id FROM entity WHERE kind = 17 ORDER BY number") { $0.blob(0) }
        for customer in customers { try checkSites(of: #require(EntityID(kind: .customer, bytes: customer)), province) }
    }

    /// A customer may be seen exactly where one of its tickets may be.
    private func checkSites(of customer: EntityID, _ province: DeskProvince) throws {
        let hub = province.hub
        let tickets = try hub.database.all("SELECT home, transfer_to FROM ticket WHERE customer = ?", customer.bytes) {
            [$0.text(0)] + [$0.textOrNil(1)].compactMap { $0 }
        }
        #expect(try province.sites(of: customer) == Set(tickets.flatMap { $0 }).sorted(), "\(customer.text)")
    }
}
