import HTTP
import Replication
import Standards

/// A hub whose clock is doubted waits for an administrator.
struct ClockRoutes {
    let gate: Gate

    var routes: [Route] {
        [
            gate.post("/api/clock/trust", for: .administrator, bodyBytesMax: 1_024) { call in
                try call.requireHub("The province's time is set")
                let actor = call.actor
                call.write("clock trusted") { session, now in
                    let shift = try session.trustClock(actor: actor, at: now)
                    return Answers.json(["offsetMilliseconds": .integer(shift)])
                }
            }
        ]
    }
}
