import HTTP

/// The one-time link by which somebody chooses a password.
struct WelcomeRoutes {
    let gate: Gate

    var routes: [Route] { [gate.open("/api/welcome") { try Welcome.begin($0) }] }
}
