import HTTP
import Testing

@testable import Node

@Suite("Descriptors")
struct DescriptorsTests {
    @Test("connections never get all descriptors, however few there are, and no more than is configured")
    func fit() {
        for limit in [150, 256, 1_024, 8_192, 1_000_000] {
            var configuration = Server.Configuration()
            Descriptors.fit(&configuration, to: limit)
            let all = configuration.connectionsMax + configuration.refusalsMax + configuration.leavingMax
            #expect(all + Descriptors.reserved <= limit, "\(limit)")
        }
        var plenty = Server.Configuration()
        Descriptors.fit(&plenty, to: Descriptors.wanted)
        #expect(plenty == Server.Configuration())
        var few = Server.Configuration()
        Descriptors.fit(&few, to: 64)
        #expect(few.connectionsMax == 16)
    }

    @Test("the soft limit is raised as far as is wanted or allowed")
    func raise() {
        let limit = Descriptors.raise()
        #expect(limit > 0)
        #expect(Descriptors.raise() == limit)
    }
}
