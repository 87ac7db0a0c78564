import Replication
import ServiceDesk
import Standards

/// Tickets and what hangs on them.
enum DeskOperations {
    static let all: [Operation] =
        tickets.map { $0.tagged("tickets") } + files.map { $0.tagged("files") }
        + exchangeOfData.map { $0.tagged("import and export") } + conflicts.map { $0.tagged("conflicts") }
        + around.map { $0.tagged("customers and circuits") } + money.map { $0.tagged("money") }
        + announcements.map { $0.tagged("announcements") } + notices.map { $0.tagged("notices") }

    private static let actions = [
        "transition", "assign", "note", "offerTransfer", "acceptTransfer", "declineTransfer", "requestRefund",
        "handOver", "acceptHandOver", "returnHandOver", "expedite", "escalate", "take", "giveBack",
        "supervise", "liftSupervision", "reassign", "useArticle", "step", "vote", "share", "change", "settle",
        "reinstate",
    ]

    private static let ticket = Schemas.answer(["ticket": Schemas.object])

    private static let tickets: [Operation] = [
        .post("/api/tickets", "Opens a ticket; the same Idempotency-Key again is the same ticket")
            .body(
                Schemas.object(
                    [
                        "type": Schemas.text, "home": Schemas.text, "fields": Schemas.fields, "category": Schemas.text,
                        "customer": Schemas.object(["name": Schemas.text, "phone": Schemas.text, "id": Schemas.text]),
                        "parent": Schemas.text,
                    ], required: ["type"])
            )
            .answers(201, ticket).orAnswers(200, ticket).sends(.version, .location),
        .get("/api/tickets", "Lists tickets, newest first or first due first, page by page")
            .filtersOfTickets.texts("after").limit(TicketQuery.limitMax)
            .answers(200, Schemas.answer(["tickets": Schemas.list(Schemas.object), "total": Schemas.number])),
        .get("/api/tickets/{ticket}", "Shows a ticket, by its identifier or number, with its timeline and clocks")
            .answers(200, ticket).sends(.version),
        .post("/api/tickets/{ticket}/actions", "Carries out an action on a ticket")
            .body(
                Schemas.object(
                    [
                        "action": Schemas.choice(actions), "name": Schemas.text, "fields": Schemas.fields,
                        "text": Schemas.text, "visibility": Schemas.choice(["internal", "public"]), "to": Schemas.text,
                        "charge": Schemas.text, "amountFen": Schemas.number, "reason": Schemas.text,
                        "step": Schemas.text, "department": Schemas.text,
                        "choice": Schemas.choice(["approve", "reject", "veto"]), "add": Schemas.list(),
                        "remove": Schemas.list(), "field": Schemas.text, "losing": Schemas.text,
                        "article": Schemas.text,
                    ], required: ["action"])
            )
            .answers(200, ticket).sends(.version),
        .get("/api/queues", "Counts the queues of whoever asks, each with its filter for the list of tickets"),
        .get("/api/wall", "Shows the figures of every branch, the categories that rise, and what announcements hit"),
        .get("/api/search", "Finds tickets by what stands in them, two characters upwards")
            .query("q", Schemas.text, isRequired: true).limit(ServiceDesk.TicketSearch.resultsMax),
        .get("/api/due", "Counts what is overdue, at risk and paused").texts("home"),
        .get("/api/events", "A stream of events: each ticket that changes").answers(
            200, [:], "text/event-stream"),
        .get("/api/departments", "How departments reply").query("days", Schemas.integer(1...366)),
        .get("/api/durations", "How long orders were open")
            .query("type", isRequired: true).query("by", isRequired: true).query("days", Schemas.integer(1...366)),
    ]

    private static let files: [Operation] = [
        .post("/api/tickets/{ticket}/attachments", "Attaches a file: the body, or one put in before")
            .texts("name", "hash").query("size", Schemas.integer(0...Int(Int32.max)))
            .body(Schemas.bytes, "application/octet-stream", "text/plain", "application/pdf").answers(201)
            .orAnswers(200).sends(.version),
        .get("/api/tickets/{ticket}/attachments", "Lists the files of a ticket and where they are"),
        .get("/api/tickets/{ticket}/attachments/{hash}", "Reads a file").answers(200, Schemas.bytes, "*/*"),
        .post("/api/tickets/{ticket}/attachments/{hash}/fetch", "Asks for a file that is elsewhere").orAnswers(202),
        .get("/api/attachments", "Lists files that exist at one place only").limit(AttachmentRoutes.listMax)
            .query("place", Schemas.choice(["one"])),
        .get("/api/uploads/{hash}", "Says how much of a file has been put in"),
        .post("/api/uploads/{hash}", "Puts a piece of a file in")
            .query("size", Schemas.integer(0...Int(Int32.max))).query("at", Schemas.integer(0...Int(Int32.max)))
            .body(Schemas.bytes, "application/octet-stream").orAnswers(201).orAnswers(202),
    ]

    private static let exchangeOfData: [Operation] = [
        .post("/api/import", "Brings rows of another system in; a result a row")
            .body(
                Schemas.object(
                    ["source": Schemas.text, "rows": Schemas.list(Schemas.object)], required: ["source", "rows"])),
        exporting("/api/export/{subject}", "Writes tickets, timelines, conflicts or decisions as CSV or JSON Lines")
            .answers(200, Schemas.text, "text/csv").orAnswers(200, Schemas.text, "application/jsonl"),
        exporting("/api/export/{subject}/map", "The import map that brings such an export in again"),
    ]

    private static func exporting(_ path: String, _ summary: String) -> Operation {
        Operation.get(path, summary).filtersOfTickets.query("since", Schemas.time)
            .query("format", Schemas.choice(ExportQuery.Format.allCases.map(\.rawValue)))
    }

    private static let conflicts: [Operation] = [
        .get("/api/conflicts", "Lists concurrent edits: what is in force, what lost, and the rule that decided")
            .texts("site", "ticket", "after").query("open", Schemas.choice(["true", "false", "all"]))
            .limit(TicketQuery.limitMax),
        .get("/api/conflicts/counts", "Counts conflicts by field, rule and site"),
        Operation.post("/api/conflicts/{change}/settle", "Leaves a conflict as it is").sends(.version),
        Operation.post("/api/conflicts/{change}/reinstate", "Does again what has lost").sends(.version),
        .get("/api/refusals", "Lists changes that the province refused").limit(RefusalRoutes.limitMax),
        .post("/api/refusals/{change}/reinstate", "Does again what was refused"),
    ]

    private static let around: [Operation] = [
        Operation.get("/api/customers/{customer}", "Shows a customer with its grade").sends(.version),
        Operation.post("/api/customers/{customer}", "Notes what is known of a customer")
            .body(Schemas.object(["facts": Schemas.fields], required: ["facts"])).sends(.version),
        .get("/api/circuits", "Lists circuits").texts("number", "after").limit(CircuitQuery.limitMax)
            .query("retired", Schemas.choice(["too"])),
        Operation.get("/api/circuits/{number}", "Shows a circuit").sends(.version),
        .post("/api/circuits/{number}", "Registers or changes a circuit")
            .body(
                Schemas.object([
                    "facts": Schemas.fields, "add": Schemas.list(), "remove": Schemas.list(), "reason": Schemas.text,
                ])
            ).orAnswers(201).sends(.version),
    ]

    private static let announcements: [Operation] = [
        .get("/api/announcements", "Lists what the province says to everybody who asks about a disturbance")
            .query("state", Schemas.choice(["current", "open", "all"])).texts("site", "category"),
        .post("/api/announcements", "Publishes an announcement to every branch, at the hub")
            .body(
                Schemas.object(
                    [
                        "wording": Schemas.text, "zh": Schemas.text, "en": Schemas.text, "sites": Schemas.list(),
                        "categories": Schemas.list(), "area": Schemas.text, "from": Schemas.time,
                        "until": Schemas.time, "ticket": Schemas.text,
                    ], required: ["categories", "until"])
            ).answers(201).orAnswers(200),
        .post("/api/announcements/{announcement}/withdraw", "Ends an announcement before its time, at the hub")
            .body(Schemas.object(["reason": Schemas.text])),
    ]

    private static let notices: [Operation] = [
        .get("/api/notices", "Lists what customers were told or are to be, the newest first, at the hub")
            .query("state", Schemas.choice(Notice.State.allCases.map(\.word))).texts("ticket", "after")
            .limit(NoticeLimits.listMax),
        .post("/api/notices/{notice}/send", "Sends a notice that is uncertain or has failed"),
        .post("/api/notices/{notice}/drop", "Decides that a notice is not sent any more"),
    ]

    private static let money: [Operation] = [
        .get("/api/decisions", "Lists what branches have asked the hub for")
            .query("state", Schemas.choice(RequestStanding.State.allCases.map(\.rawValue))).texts("after")
            .limit(RequestStanding.limitMax)
            .answers(200, Schemas.answer(["decisions": Schemas.list(Schemas.object), "total": Schemas.number])),
        .post("/api/decisions", "Decides a request, at the hub")
            .body(
                Schemas.object(
                    [
                        "request": Schemas.text, "outcome": Schemas.choice(["granted", "refused"]),
                        "reason": Schemas.text,
                    ], required: ["request", "outcome"])
            ).orAnswers(202),
        .get("/api/allowances", "Lists what branches may pay by themselves"),
        .get("/api/allowances/{allowance}", "Shows an allowance and its payments"),
        .post("/api/allowances", "Grants an allowance, at the hub")
            .body(
                Schemas.object(
                    ["site": Schemas.text, "prefix": Schemas.text, "amountFen": Schemas.number],
                    required: ["site", "prefix", "amountFen"])
            ).answers(201).orAnswers(200),
        .post("/api/allowances/{allowance}", "Raises, returns or writes off an allowance")
            .body(
                Schemas.object(
                    ["action": Schemas.choice(["raise", "return", "writeOff"]), "amountFen": Schemas.number],
                    required: ["action"])),
        .post("/api/tickets/{ticket}/payments", "Pays a refund out of an allowance")
            .body(
                Schemas.object(
                    ["charge": Schemas.text, "amountFen": Schemas.number, "reason": Schemas.text],
                    required: ["charge", "amountFen", "reason"])
            ).answers(201).orAnswers(200),
    ]
}

extension Operation {
    /// Whatever a list of tickets and an export of them are asked for alike.
    fileprivate var filtersOfTickets: Operation {
        TicketFilters.all.reduce(self) { operation, filter in
            switch filter.kind {
            case .text: operation.query(filter.name)
            case .day: operation.query(filter.name, Schemas.date)
            case .word(let words): operation.query(filter.name, Schemas.choice(words))
            }
        }
    }
}
