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
        case .success(let response): responder.send(Answers.unstored(response))
        case .failure(let error): responder.send(Problems.response(to: error, of: request, log: site.log))
        }
    }

    /// Whether the browser is to send its cookie over TLS only.
    var isSecure: Bool { site.configuration.isBehindTLS || address.cameOverTLS }
}
