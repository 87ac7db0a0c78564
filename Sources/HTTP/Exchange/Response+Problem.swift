extension Response {
    /// An error for machines and people: `application/problem+json` (RFC 9457).
    ///
    /// - Parameters:
    ///   - title: what kind of problem, the same every time; the status's phrase when nil.
    ///   - detail: what happened here and what to do next. No customer data.
    ///   - type: a stable URI for the kind of problem; a client's code may switch on it.
    ///   - extra: further members. `type`, `title`, `status` and `detail` are taken: they trap here.
    public static func problem(
        status: Status, title: String? = nil, detail: String, type: String = "about:blank",
        extra: [ProblemValue.Member] = []
    ) -> Response {
        let taken = ["type", "title", "status", "detail"]
        precondition(!extra.contains { taken.contains($0.name) }, "an extension member has a standard member's name")
        let members: [ProblemValue.Member] = [
            .init("type", .text(type)),
            .init("title", .text(title ?? status.reasonPhrase)),
            .init("status", .integer(Int64(status.code))),
            .init("detail", .text(detail)),
        ]
        return Response(
            status: status, headers: ["Content-Type": "application/problem+json", "Cache-Control": "no-store"],
            body: .bytes(ProblemValue.object(members + extra).json))
    }

    /// The problem that tells a client of an error of this target.
    public static func problem(_ error: HTTPError) -> Response {
        problem(
            status: error.status, detail: "\(error.subject): \(error.reason) \(error.advice)",
            extra: [.init("kind", .text(error.kind.description))])
    }
}
