import HTTP

/// Makes the routes of every edition out of one.
struct TroubleTicketDoor {
    let gate: Gate

    /// - Parameter dialects: the editions that have such a route.
    func routes(
        _ method: Method, _ path: String, in dialects: [Dialect] = Dialect.allCases, bodyBytesMax: Int = 0,
        _ body: @escaping @Sendable (TroubleTicketCall) throws -> Void
    ) -> [Route] {
        Dialect.bases.filter { dialects.contains($0.dialect) }.map { dialect, base in
            gate.route(
                method, base + path, for: method == .get ? .integrationReading : .integration,
                bodyBytesMax: bodyBytesMax
            ) { call in
                let call = TroubleTicketCall(call: call, dialect: dialect, base: base)
                do { try body(call) } catch { call.answer(.failure(error)) }
            }
        }
    }
}
