import Testing

@testable import Replication

struct RandomPromotionTests {
    /// A change that waited and that another site brought back was admitted, and its author not told. A note from
    /// before its site had heard of a withdraw was refused by the promoted hub.
    private static let onceFailed: [UInt64] = [74_265_592, 247_189_632]

    @Test(
        "whenever a standby is promoted, and whoever still hears the old hub, nothing is lost and no key granted twice")
    func randomRuns() throws {
        for seed in Self.onceFailed + (0..<UInt64(8)).map({ Seed.value &+ $0 &* 104_729 }) {
            do {
                var run = try RandomPromotion(seed: seed)
                try run.run(steps: 90)
                try check(run)
            } catch {
                Issue.record("seed \(seed): \(error)")
                break
            }
        }
    }

    private func check(_ run: RandomPromotion) throws {
        let (province, seed) = (run.province, run.seed)
        #expect(try province.hub.life().isGathering == false, "seed \(seed)")
        #expect(try province.waitingCount() == 0, "seed \(seed)")
        try province.checkAgreement()
        for site in province.sites {
            #expect(try site.store.verify(for: site.id).problems == [], "seed \(seed) \(site.id)")
        }
        for (entity, count) in run.notes.sorted(by: { $0.key < $1.key }) {
            #expect(try province.state(entity, at: province.hub).notes == count, "seed \(seed)")
        }
        let granted = try run.granted(at: province.hub)
        for key in Set(run.asked.map(\.key)).sorted() {
            #expect(granted.count { $0.key == key } <= 1, "seed \(seed), key \(key)")
        }
        for item in try run.granted(at: run.old) {
            #expect(granted.contains { $0.request == item.request }, "seed \(seed): \(item.request) at the old hub")
        }
    }
}
