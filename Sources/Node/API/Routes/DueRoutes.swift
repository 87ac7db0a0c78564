import HTTP
import ServiceDesk
import Standards

/// How many tickets are overdue, at risk or paused: for supervisors, and for whoever draws a wall of figures.
struct DueRoutes {
    let gate: Gate

    var routes: [Route] {
        [
            gate.get("/api/due", for: .observer) { call in
                let home = try QueryReader(call.request, ["home"]).text("home")
                let now = call.site.now()
                return try call.site.read { store in
                    let counts = try DueCounts(of: store, home: home, at: now)
                    return Answers.json(try DueView(Wording(store, of: call.site), now: now).json(counts))
                }
            }
        ]
    }
}
