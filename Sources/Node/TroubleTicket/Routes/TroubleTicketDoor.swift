import HTTP

/// Makes the routes of every edition out of one.
struct TroubleTicketDoor {
    let gate: Gate

    /// - Parameters:
    ///   - requirement: nil for what reading and writing ask for.
    ///   - dialects: the editions that have such a route.
    func routes(
        _ method: Method, _ path: String, for requirement: Requirement? = nil,
        in dialects: [Dialect] = Dialect.allCases, bodyBytesMax: Int = 0,
        _ body: @escaping @Sendable (TroubleTicketCall) throws -> Void
    ) -> [Route] {
        Dialect.bases.filter { dialects.contains($0.dialect) }.map { dialect, base in
            gate.route(
                method, base + path, for: requirement ?? (method == .get ? .integrationReading : .integration),
                bodyBytesMax: bodyBytesMax
            ) { call in
                let call = TroubleTicketCall(call: call, dialect: dialect, base: base)
                do { try body(call) } catch { call.answer(.failure(error)) }
            }
        }
    }
}
