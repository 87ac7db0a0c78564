import Standards

/// What a step has come to: one call, which is repeated unchanged until it is answered.
enum ClerkOrder: Sendable {
    case take(JSONValue)
    case note(String, ticket: String)
    case act(JSONValue, ticket: String)
    case accept(ticket: String)
    case offer(to: String, ticket: String)
    case decide(request: JSONValue, charge: String)
    case read(String, [String: String])
}
