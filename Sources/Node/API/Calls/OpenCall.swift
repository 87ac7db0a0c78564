import HTTP

/// One request of somebody who is not known yet.
struct OpenCall: Sendable {
    let site: Site
    let request: Request
    let address: ClientAddress
    private let responder: Responder

    init(site: Site, request: Request, responder: Responder) {
        self.site = site
        self.request = request
        address = ClientAddress(request.headers, from: request.remoteAddress)
        self.responder = responder
    }

    func answer(_ result: Result<Response, any Error>) {
        switch result {
        case .success(let response): send(Answers.unstored(response))
        case .failure(let error): send(Problems.response(to: error, of: request, log: site.log))
        }
    }

    private func send(_ response: Response) { responder.send(Refusals.worded(response, for: request.head)) }

    /// Whether the browser is to send its cookie over TLS only.
    var isSecure: Bool { site.configuration.isBehindTLS || address.cameOverTLS }
}
