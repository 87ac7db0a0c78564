import ServiceDesk
import Standards
import Testing

@Suite("Seeds")
struct SeedTests {
    @Test("documents to begin with are sound: one that is refused at once leads nowhere")
    func documents() throws {
        for seed in try FuzzTarget.map.seeds() {
            let document = seed.bytes.prefix { $0 != MapEntry.separator }
            #expect(MapEntry.check(Array(document)).1 == [], "\(seed.name)")
        }
        for seed in try FuzzTarget.pack.seeds() { #expect(StandardPack.check(seed.bytes).1 == [], "\(seed.name)") }
        for seed in try FuzzTarget.topology.seeds() { #expect(Topology.check(seed.bytes).1 == [], "\(seed.name)") }
    }

    @Test("the province of the wire's seeds has a history: requests, answers, and work that is still to be sent")
    func province() throws {
        let (requests, answers, backlog) = try FuzzProvince.use { province in
            (province.requests.count, province.answers.count, try province.sender.store.life().backlog)
        }
        #expect(requests > 20)
        #expect(answers == requests)
        #expect(backlog > 0)
    }
}
