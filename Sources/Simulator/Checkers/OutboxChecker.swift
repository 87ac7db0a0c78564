import SQLite

/// 22: in the end nothing waits to be sent, at any site of the core.
final class OutboxChecker: Checker {
    let number = 22
    let name = "everything is sent in the end"
    let isLiveness = true
    let tally = Tally()

    func ended(_ world: World) {
        for site in world.core {
            for (what, count) in waiting(at: site, in: world) ?? [("process that runs", 1)] {
                tally.expect(count == 0, world, [site], "\(count) of these wait still: \(what)")
            }
        }
    }

    private func waiting(at site: SimulatedSite, in world: World) -> [(String, Int64)]? {
        var atHub: [(String, SQL)] = [("effects in the outbox", "SELECT count(*) FROM outbox WHERE state <> 2")]
        atHub.append(("notices to customers", "SELECT count(*) FROM notice WHERE state IN (0, 1, 6)"))
        atHub.append(("sites to hear what was lost", "SELECT count(*) FROM life WHERE is_gathering = 1"))
        if world.canDecide {
            atHub.append(("decisions without their answer", "SELECT count(*) FROM once WHERE is_answered = 0"))
        }
        let atBranch: [(String, SQL)] = [
            ("changes to be sent", "SELECT sequence - acknowledged FROM life"),
            ("histories to be fetched", "SELECT count(*) FROM wanted"),
            ("withdraws to be acknowledged", "SELECT count(*) FROM withdrawn"),
            ("streams to be compared", "SELECT count(*) FROM own_stream WHERE is_settled = 0"),
            ("comparisons", "SELECT count(*) FROM life WHERE comparing <> 0 OR is_announced = 0"),
        ]
        let questions = site.isHub ? atHub : atBranch
        return world.look(at: site) { database in
            try questions.map { what, sql in
                (what, try database.first(sql) { $0.int64(0) } ?? 0)
            }
        }
    }
}
