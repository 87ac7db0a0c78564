import HTTP
import Replication
import ServiceDesk
import Standards

extension NewTicket {
    /// Reads the body of `POST /api/tickets`.
    /// - Parameter home: the branch it is for when none is named; nil at the hub.
    init(_ request: Request, home: SiteID?) throws {
        var reader = try BodyReader(request, ["type", "home", "fields", "category", "customer", "parent"])
        let type = reader.word("type")
        let named = home == nil ? reader.word("home") : reader.wordIfAny("home")
        let fields = reader.fields("fields")
        let category = reader.wordIfAny("category")
        let customer = Self.customer(&reader)
        let parent = reader.wordIfAny("parent")
        try reader.finish()
        self.init(type: type, home: named.map { SiteID($0) } ?? home ?? SiteID(""), fields: fields)
        self.category = category
        self.customer = customer
        self.parent = parent
    }

    static func customer(_ reader: inout BodyReader) -> Customer? {
        guard reader.has("customer") else { return nil }
        guard var inner = BodyReader(reader["customer"], ["name", "phone", "id"], path: "customer.") else {
            reader.report("customer", Flaw("is not an object", .wrongKind, ["object"]))
            return nil
        }
        let name = inner.text("name", atMost: DeskLimits.customerNameLength, isOptional: true)
        let phone = inner.text("phone", atMost: DeskLimits.customerPhoneLength, isOptional: true)
        var id: EntityID?
        if inner.has("id") {
            id = EntityID(kind: .customer, text: inner.word("id").lowercased())
            if id == nil { inner.report("id", "is not 32 hexadecimal digits") }
        }
        reader.report(inner.problems)
        return Customer(name: name, phone: phone, id: id)
    }
}

extension TicketAction {
    private static let words: [(name: String, members: [String])] = [
        ("transition", ["name", "fields"]), ("assign", ["fields"]), ("note", ["text", "visibility"]),
        ("offerTransfer", ["to"]), ("acceptTransfer", []), ("declineTransfer", []),
        ("requestRefund", ["charge", "amountFen", "reason"]), ("handOver", ["to", "reason"]), ("acceptHandOver", []),
        ("returnHandOver", ["reason"]), ("expedite", ["text"]), ("escalate", ["reason"]), ("take", []),
        ("giveBack", ["reason"]), ("supervise", ["reason"]), ("liftSupervision", ["reason"]),
        ("reassign", ["to", "reason"]), ("useArticle", ["article"]),
        ("step", ["step", "to", "text"]), ("vote", ["department", "choice", "reason"]),
        ("share", ["add", "remove"]), ("change", ["field", "add", "remove"]), ("settle", ["losing"]),
        ("reinstate", ["losing"]),
    ]

    /// Whether it moves or marks what a branch works on, over that branch's head: not a clerk's to decide.
    var isIntervention: Bool {
        switch self {
        // What is done again may be any of these.
        case .take, .giveBack, .supervise, .reassign, .reinstate: true
        case .assign(let fields), .transition(_, let fields): fields["supervised"] != nil
        default: false
        }
    }

    /// Reads the body of `POST /api/tickets/{ticket}/actions`.
    init(_ request: Request) throws {
        var reader = try BodyReader(request, ["action"] + Self.words.flatMap(\.members))
        let name = reader.choice("action", of: Self.words.map(\.name))
        let members = Self.words.first { $0.name == name }?.members ?? []
        for other in Set(Self.words.flatMap(\.members)).sorted() where !members.contains(other) && reader.has(other) {
            reader.report(other, "does not belong to \(name.isEmpty ? "any action" : "this action")")
        }
        let action = Self.read(name, &reader)
        try reader.finish()
        guard let action else { throw NodeError(.badRequest, "No action is named.", remedy: "Name one.") }
        self = action
    }

    private static func read(_ name: String, _ reader: inout BodyReader) -> TicketAction? {
        switch name {
        case "transition": return .transition(reader.word("name"), fields: reader.fields("fields"))
        case "assign": return .assign(reader.fields("fields"))
        case "note":
            let visibility = reader.has("visibility") ? reader.choice("visibility", of: ["internal", "public"]) : ""
            return .note(
                Note(
                    text: reader.text("text", atMost: DeskLimits.textLength),
                    visibility: visibility == "public" ? .public : .internal))
        case "offerTransfer": return .offerTransfer(SiteID(reader.word("to")))
        case "acceptTransfer": return .acceptTransfer
        case "declineTransfer": return .declineTransfer
        case "requestRefund":
            return .requestRefund(
                charge: reader.text("charge", atMost: DeskLimits.chargeLength), amount: reader.integer("amountFen"),
                reason: reader.text("reason", atMost: DeskLimits.reasonLength, isOptional: true))
        case "handOver": return .handOver(to: reader.word("to"), reason: reason(&reader, isOptional: true))
        case "acceptHandOver": return .acceptHandOver
        case "returnHandOver": return .returnHandOver(reason: reason(&reader))
        case "expedite": return .expedite(reader.text("text", atMost: DeskLimits.textLength, isOptional: true))
        case "escalate": return .escalate(reason: reason(&reader))
        case "take": return .take
        case "giveBack": return .giveBack(reason: reason(&reader))
        case "supervise": return .supervise(true, reason: reason(&reader))
        case "liftSupervision": return .supervise(false, reason: reason(&reader))
        case "reassign": return .reassign(to: SiteID(reader.word("to")), reason: reason(&reader))
        case "useArticle": return .useArticle(reader.word("article"))
        case "step": return step(&reader)
        case "vote": return vote(&reader)
        case "share":
            return .share(
                adding: reader.texts("add").map { SiteID($0) }, removing: reader.texts("remove").map { SiteID($0) })
        case "change":
            return .change(
                reader.word("field"), adding: reader.texts("add"), removing: reader.texts("remove"))
        case "settle": return reader.reference("losing").map { .settle($0) }
        case "reinstate": return reader.reference("losing").map { .reinstate($0) }
        default: return nil
        }
    }

    private static func reason(_ reader: inout BodyReader, isOptional: Bool = false) -> String {
        reader.text("reason", atMost: DeskLimits.reasonLength, isOptional: isOptional)
    }

    private static func step(_ reader: inout BodyReader) -> TicketAction? {
        let words = StepState.allCases.filter { $0 != .waiting }.map(\.rawValue)
        let step = reader.word("step")
        let text = reader.text("text", atMost: DeskLimits.textLength, isOptional: true)
        return StepState(rawValue: reader.choice("to", of: words)).map { .step(step, $0, text: text) }
    }

    private static func vote(_ reader: inout BodyReader) -> TicketAction? {
        let department = reader.word("department")
        let reason = reason(&reader, isOptional: true)
        switch reader.choice("choice", of: ["approve", "reject", "veto"]) {
        case "approve": return .vote(department: department, .approve, reason: reason)
        case "reject": return .vote(department: department, .reject, reason: reason)
        case "veto": return .vote(department: department, .veto, reason: reason)
        default: return nil
        }
    }
}
