import Standards

/// Who may come in, and the pages that people see.
enum AccessOperations {
    static let all: [Operation] =
        sessions.map { $0.tagged("sessions") } + accounts.map { $0.tagged("accounts") }
        + progress.map { $0.tagged("progress") } + pages.map { $0.tagged("pages") }

    private static let access = Schemas.choice(AccessLevel.allCases.map(\.rawValue))

    private static let sessions: [Operation] = [
        Operation.post("/api/session", "Signs in with a name and a password")
            .body(Schemas.object(["name": Schemas.text, "password": Schemas.text], required: ["name", "password"]))
            .knownToNobody,
        .get("/api/session", "Says who is signed in, and the token that writes have to carry"),
        Operation(.delete, "/api/session", "Signs out").answers(204),
        .post("/api/session/password", "Changes one's own password")
            .body(Schemas.object(["old": Schemas.text, "new": Schemas.text], required: ["old", "new"])).answers(204),
        Operation.post("/api/welcome", "Makes the account that a one-time link is for, and signs it in")
            .body(
                Schemas.object(
                    ["key": Schemas.text, "name": Schemas.text, "password": Schemas.text],
                    required: ["key", "password"])
            ).knownToNobody,
    ]

    private static let progress: [Operation] = [
        Operation.post("/api/progress", "Shows a customer its ticket, by a key or by number and end of the telephone")
            .body(Schemas.object(["number": Schemas.text, "phoneDigits": Schemas.text, "key": Schemas.text]))
            .knownToNobody.orProblems(404),
        Operation.post("/api/progress/acts", "Does what a customer may do to its ticket")
            .body(
                Schemas.object(
                    [
                        "key": Schemas.text, "act": Schemas.choice(["note", "expedite", "step", "rate"]),
                        "text": Schemas.text, "step": Schemas.text, "fields": Schemas.fields, "rating": Schemas.text,
                    ], required: ["key", "act"])
            ).knownToNobody.orProblems(404, 412),
    ]

    private static let accounts: [Operation] = [
        .get("/api/accounts", "Lists the accounts of this site"),
        .post("/api/accounts", "Makes an account; without a password the answer has a one-time link")
            .body(
                Schemas.object(
                    ["name": Schemas.text, "access": access, "password": Schemas.text], required: ["name", "access"])
            ).answers(201),
        .post("/api/accounts/{name}", "Changes what an account may do, or how it gets in")
            .body(
                Schemas.object([
                    "access": access, "password": Schemas.text, "reset": Schemas.flag, "locked": Schemas.flag,
                    "unlock": Schemas.flag,
                ])),
        Operation(.delete, "/api/accounts/{name}", "Removes an account").answers(204),
        .post("/api/invitations", "Makes a one-time link for an administrator").answers(201),
        .get("/api/sign-ins", "Lists who signed in, or tried").limit(1_000),
        .get("/api/api-tokens", "Lists the tokens of other systems"),
        .post("/api/api-tokens", "Makes a token; it is shown this once")
            .body(
                Schemas.object(["name": Schemas.text, "scopes": Schemas.list()], required: ["name", "scopes"])
            ).answers(201),
        Operation(.delete, "/api/api-tokens/{name}", "Removes a token").answers(204),
    ]

    /// They hold no data; what they show they ask of the routes above.
    private static let pages: [Operation] =
        PageRoutes.pages.map { Operation.get($0, "A page of the console").page("text/html; charset=utf-8") }
        + [Operation.get("/assets/{name}", "A file that the console is made of").page("*/*").orProblems(404)]
}

extension Operation {
    /// Asked by whoever is not known yet: the ways to fail are those of signing in.
    fileprivate var knownToNobody: Operation {
        openToAll.orProblems(400, 401, 403, 409, 413, 415, 422, 429, 503)
    }

    fileprivate func page(_ type: String) -> Operation {
        openToAll.answers(200, Schemas.text, type).orAnswers(304).orProblems(400)
    }

    fileprivate func orProblems(_ statuses: Int...) -> Operation {
        statuses.reduce(self) {
            $0.orAnswers($1, ["$ref": "#/components/schemas/Problem"], "application/problem+json")
        }
    }
}
