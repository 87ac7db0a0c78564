import HTTP

/// Signing in and out, and one's own password.
struct SessionRoutes {
    static let bodyBytesMax = AccessLimits.openBodyBytes

    let gate: Gate

    var routes: [Route] {
        [
            gate.open("/api/session") { try SignIn.begin($0) },
            gate.get("/api/session", for: .ownSession) { call in
                _ = try QueryReader(call.request, [])
                return try call.site.read {
                    Answers.json(try SessionView.json(call.identity, call.site.configuration, $0))
                }
            },
            gate.route(.delete, "/api/session", for: .ownSession, bodyBytesMax: 0, Self.end),
            gate.post("/api/session/password", for: .ownSession, bodyBytesMax: Self.bodyBytesMax) {
                try PasswordChange.begin($0)
            },
        ]
    }

    private static func end(_ call: Call) throws {
        guard let session = call.identity.session else {
            throw NodeError(.notNow, "Nobody has signed in by this.", remedy: "Only a browser's session is signed out.")
        }
        let isSecure = call.site.configuration.isBehindTLS || call.identity.address.cameOverTLS
        call.changeAccess("sign out") { tables in
            try tables.endSession(session.digest)
            try tables.record(call.record(session.account, .signedOut, by: nil))
            let response = Response(
                status: .noContent, headers: ["Set-Cookie": SessionCookie.clearing(isSecure: isSecure)])
            return (response, [.sessionEnded(session.digest)])
        }
    }
}
