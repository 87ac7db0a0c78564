import Console
import HTTP

/// The console's pages and the files they are made of. They hold no data, so everybody may have them; what they show
/// they ask of `/api`, which lets in whom it knows.
public struct PageRoutes: Sendable {
    /// One document shows all of these: which, its script reads from the path.
    static let pages = [
        "/", "/sign-in", "/welcome", "/new", "/tickets/{ticket}", "/wall", "/conflicts", "/decisions", "/refusals",
        "/standards", "/knowledge", "/password", progress,
    ]

    /// The customer's page, which has a document of its own: it loads nothing of the desk.
    private static let progress = "/progress"

    /// Scripts and styles of this node's only, no frames, no forms that leave it.
    static let contentSecurity =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

    public init() {}

    public var routes: [Route] {
        let assets = Route(.get, "/assets/{name}", bodyBytesMax: 0) { request, responder in
            let asset = Asset.named(request.parameter("name")).flatMap { Self.documents.contains($0.name) ? nil : $0 }
            responder.send(asset.map { Self.response($0, to: request) } ?? Self.missing)
        }
        return [assets]
            + Self.pages.map { pattern in
                Route(.get, pattern, bodyBytesMax: 0) { request, responder in
                    let document = pattern == Self.progress ? Self.documents[1] : Self.documents[0]
                    responder.send(Asset.named(document).map { Self.response($0, to: request) } ?? Self.missing)
                }
            }
    }

    private static let documents = ["index.html", "progress.html"]

    private static var missing: Response {
        Answers.problem(.notFound, detail: "The console has no such file. Load the page again.")
    }

    /// Kept by browsers and asked about each time, so that after an upgrade no page is made of two versions.
    private static func response(_ asset: Asset, to request: Request) -> Response {
        var headers: Headers = [
            "ETag": asset.entityTag, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin", "Content-Security-Policy": contentSecurity,
        ]
        guard !isKnown(asset, to: request) else { return Response(status: .notModified, headers: headers) }
        headers["Content-Type"] = asset.mediaType
        return Response(headers: headers, body: .bytes(asset.bytes))
    }

    private static func isKnown(_ asset: Asset, to request: Request) -> Bool {
        request.headers.values("If-None-Match").flatMap { $0.split(separator: ",") }.contains { part in
            let tag = part.filter { $0 != " " }
            return tag == "*" || tag == asset.entityTag || tag == "W/" + asset.entityTag
        }
    }
}
