import Testing

@testable import Replication

extension TestProvince {
    /// A site whose audience is everything, with a new database.
    @discardableResult
    func enrolStandby(_ name: String = "standby") throws -> TestSite {
        try enrol(name, origin: drawOrigin(), isStandby: true)
    }

    /// The hub's disk is lost, or so its operator believes; another hub is made of a standby's database.
    /// - Returns: the effects of which it does not know whether they were sent.
    @discardableResult
    func promote(_ standby: TestSite) throws -> [Effect] {
        let origin = drawOrigin()
        let fresh = try newDatabase(of: hub.id.text, origin: origin, in: "/\(origin)", isHub: true)
        let source = standby.store
        let (random, above) = (drawOrigin().raw, try standby.life().cursor.epoch.number + 1)
        try fresh.session {
            try $0.beginEpoch(
                atLeast: above, random: random, origin: drawOrigin(), because: "A test promotes it", actor: "operator",
                at: now)
        }
        var position: Int64 = 0
        while let part = try source.admittedChanges(after: position) {
            position = part.last
            try fresh.session { try $0.takeOver(part.changes, from: standby.id, at: now) }
        }
        #expect(try source.differences(from: fresh.store) == 0)
        var file: Int64 = 0
        while let next = try fresh.session({ try $0.takeOverFile(from: source, after: file, at: now) }) { file = next }
        succeedHub(with: fresh, made: standby)
        return try fresh.session { try $0.endTakingOver(from: standby.id, actor: "operator", at: now) }
    }

    /// Every site compares with a new hub, and everything travels.
    func recoverAll(without absent: Set<SiteID> = []) throws {
        for _ in 0..<3 { for site in branches where !absent.contains(site.id) { try recover(site) } }
        try converge(without: absent)
    }
}
