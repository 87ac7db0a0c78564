import Testing

@testable import Simulator

struct RandomStreamTests {
    @Test("One seed, entity and purpose give the same numbers, and any other gives others")
    func oneSeedEntityAnd() {
        func draws(_ seed: UInt64, _ entity: String, _ purpose: String) -> [UInt64] {
            var stream = RandomStream(seed: seed, entity: entity, purpose: purpose)
            return (0..<4).map { _ in stream.next() }
        }
        #expect(draws(1, "nx-guyuan", "arrivals") == draws(1, "nx-guyuan", "arrivals"))
        #expect(draws(1, "nx-guyuan", "arrivals") != draws(2, "nx-guyuan", "arrivals"))
        #expect(draws(1, "nx-guyuan", "arrivals") != draws(1, "nx-wuzhong", "arrivals"))
        #expect(draws(1, "ab", "c") != draws(1, "a", "bc"))
    }
}
