import HTTP

/// Answers what no route takes in the form of TMF621, where the path is the integration API's.
public struct TroubleTicketFront: RequestHandler {
    private let inner: any RequestHandler

    public init(_ inner: any RequestHandler) { self.inner = inner }

    public func admit(_ head: RequestHead, from remoteAddress: String) -> Admission {
        let admission = inner.admit(head, from: remoteAddress)
        guard case .refuse(let response) = admission, let dialect = Dialect.of(path: head.target.path) else {
            return admission
        }
        return .refuse(Fault.response(Self.explained(response, head), in: dialect))
    }

    /// Why what TMF621 has is not taken here.
    private static func explained(_ response: Response, _ head: RequestHead) -> Response {
        guard response.status == .methodNotAllowed else { return response }
        let isSpecification = head.target.segments.contains("troubleTicketSpecification")
        let why =
            isSpecification
            ? "Specifications are the ticket types of the province's standard, which is published whole: "
                + "POST /api/standards at the hub."
            : "This path does not take that method. Use one of \(response.headers["Allow"] ?? "none")."
        var explained = Answers.problem(.methodNotAllowed, detail: why)
        explained.headers["Allow"] = response.headers["Allow"]
        return explained
    }
}
