import Node
import Replication
import Testing

@Suite struct PermissionTests {
    @Test("each level opens what the ones before it open, and nothing above")
    func levels() {
        let requirements: [Requirement] = [.observer, .clerk, .supervisor, .administrator]
        for (rank, level) in AccessLevel.allCases.enumerated() {
            let opened = requirements.map { Permission(level).opens($0) }
            #expect(opened == requirements.indices.map { $0 <= rank }, "\(level)")
        }
    }

    @Test("an integration's token opens the integration's routes and nothing else")
    func integrations() {
        let permission = Permission(nil, isIntegration: true)
        #expect(permission.opens(.integration) && permission.opens(.integrationReading))
        for requirement in [Requirement.observer, .clerk, .supervisor, .administrator, .ownSession] {
            #expect(!permission.opens(requirement))
        }
        #expect(Permission(.clerk).opens(.integration) && Permission(.observer).opens(.integrationReading))
        #expect(!Permission(.observer).opens(.integration))
    }

    @Test("a session ends after 12 hours without use, and after 7 days whatever its use")
    func sessionsEnd() throws {
        let (hour, day): (Int64, Int64) = (3_600_000, 86_400_000)
        var session = AccountSession(
            digest: [1], account: "王芳", origin: OriginID(raw: 1), made: 0, seen: 0)
        #expect(!session.hasEnded(at: 12 * hour - 1))
        #expect(session.hasEnded(at: 12 * hour))
        session.seen = 7 * day - hour
        #expect(!session.hasEnded(at: 7 * day - 1))
        #expect(session.hasEnded(at: 7 * day))
    }
}
