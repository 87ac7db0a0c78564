import HTTP
import Replication
import ServiceDesk
import Standards

extension NewTicket {
    /// Reads the body of `POST /api/tickets`.
    /// - Parameter home: the branch it is for when none is named; nil at the hub.
    init(_ request: Request, home: SiteID?) throws {
        var reader = try BodyReader(request, ["type", "home", "fields", "category", "customer"])
        let type = reader.word("type")
        let named = home == nil ? reader.word("home") : reader.wordIfAny("home")
        let fields = reader.fields("fields")
        let category = reader.wordIfAny("category")
        let customer = Self.customer(&reader)
        try reader.finish()
        self.init(type: type, home: named.map { SiteID($0) } ?? home ?? SiteID(""), fields: fields)
        self.category = category
        self.customer = customer
    }

    static func customer(_ reader: inout BodyReader) -> Customer? {
        guard reader.has("customer") else { return nil }
        guard var inner = BodyReader(reader["customer"], ["name", "phone", "id"], path: "customer.") else {
            reader.report("customer", "is not an object")
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
        ("requestRefund", ["charge", "amountFen", "reason"]), ("settle", ["losing"]), ("reinstate", ["losing"]),
    ]

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
        case "settle": return reader.reference("losing").map { .settle($0) }
        case "reinstate": return reader.reference("losing").map { .reinstate($0) }
        default: return nil
        }
    }
}
