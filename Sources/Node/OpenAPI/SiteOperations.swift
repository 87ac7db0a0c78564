import Replication
import Standards

/// The province, its standards and its sites.
enum SiteOperations {
    static let all: [Operation] =
        standards.map { $0.tagged("standards") } + sites.map { $0.tagged("sites") } + health.map { $0.tagged("health") }

    private static let standards: [Operation] = [
        .get("/api/standards", "Lists the standards that are here"),
        .post("/api/standards", "Publishes a standard, at the hub").query("effective", Schemas.time)
            .body(Schemas.object).answers(201).orAnswers(200),
        .post("/api/standards/preview", "Says what a standard would change, and for which branches, at the hub")
            .body(Schemas.object)
            .answers(200, Schemas.answer(["preview": Schemas.object])),
        .get("/api/standards/{standard}", "Shows a standard"),
        Operation.get("/api/overlay", "Shows what a branch settles for itself").texts("site").sends(.version),
        Operation.post("/api/overlay", "Settles what a branch settles for itself").body(Schemas.object)
            .sends(.version),
        .get("/api/settings", "Says of every setting who settles it"),
        Operation.get("/api/staff", "Shows who holds which role").texts("site").sends(.version),
        .post("/api/staff", "Gives roles and takes them away")
            .body(
                Schemas.object(
                    [
                        "site": Schemas.text, "person": Schemas.text, "grant": Schemas.list(), "revoke": Schemas.list(),
                    ], required: ["person"])
            ).sends(.version),
    ]

    private static let sites: [Operation] = [
        .get("/api/sites", "Lists the sites of the province"),
        .post("/api/sites", "Adds a site, at the hub")
            .body(
                Schemas.object(
                    [
                        "site": Schemas.text, "role": Schemas.text,
                        "name": Schemas.object(["zh": Schemas.text, "en": Schemas.text], required: ["zh", "en"]),
                        "divisionCode": Schemas.text, "letters": Schemas.text,
                    ], required: ["site", "name"])
            ).answers(201),
        .post("/api/sites/{site}/token", "Makes a one-time token by which a site joins").answers(201),
        .post("/api/sites/{site}/revoke", "Refuses a site from now on"),
        .post("/api/sites/{site}/lost", "Says that a site's database will not come back"),
        .get("/api/incidents", "Lists what happened to databases").limit(ReplicationLimits.incidentsKept),
        .post("/api/clock/trust", "Believes this machine's clock again"),
        .post("/api/backups", "Notes a verified backup")
            .body(
                Schemas.object(
                    [
                        "admission": Schemas.number, "epoch": Schemas.number, "epochRandom": Schemas.text,
                        "time": Schemas.number, "place": Schemas.text,
                    ], required: ["admission", "epoch", "epochRandom", "time", "place"])),
        .get("/api/verify", "Folds the log again and compares").texts("site"),
    ]

    private static let health: [Operation] = [
        .get("/api/status", "Says how the node is"),
        Operation.get("/healthz", "Whether the process answers").openToAll,
        Operation.get("/readyz", "Whether tickets can be taken here").openToAll.orAnswers(503),
        .get("/openapi.json", "This document"),
    ]
}
