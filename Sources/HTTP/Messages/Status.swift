/// A response's status code, 100 to 599.
public struct Status: Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// The three digits.
    public let code: Int

    /// A status by its code. Traps outside 100 to 599: a status is chosen by the programmer, never by a client.
    public init(_ code: Int) {
        precondition((100...599).contains(code), "an HTTP status lies between 100 and 599")
        self.code = code
    }

    public init(integerLiteral value: Int) {
        self.init(value)
    }

    public static let ok: Status = 200
    public static let created: Status = 201
    public static let accepted: Status = 202
    public static let noContent: Status = 204
    public static let seeOther: Status = 303
    public static let notModified: Status = 304
    public static let badRequest: Status = 400
    public static let unauthorized: Status = 401
    public static let forbidden: Status = 403
    public static let notFound: Status = 404
    public static let methodNotAllowed: Status = 405
    public static let requestTimeout: Status = 408
    public static let conflict: Status = 409
    public static let preconditionFailed: Status = 412
    public static let contentTooLarge: Status = 413
    public static let uriTooLong: Status = 414
    public static let unsupportedMediaType: Status = 415
    public static let expectationFailed: Status = 417
    public static let unprocessableContent: Status = 422
    public static let preconditionRequired: Status = 428
    public static let tooManyRequests: Status = 429
    public static let headerFieldsTooLarge: Status = 431
    public static let internalServerError: Status = 500
    public static let notImplemented: Status = 501
    public static let badGateway: Status = 502
    public static let serviceUnavailable: Status = 503
    public static let gatewayTimeout: Status = 504
    public static let versionNotSupported: Status = 505

    /// Whether RFC 9110 forbids a body with this status (1xx, 204, 304).
    public var forbidsBody: Bool {
        code < 200 || code == 204 || code == 304
    }

    /// The registered reason phrase, or a word for the class of the status.
    public var reasonPhrase: String {
        Self.phrases[code] ?? Self.classes[code / 100 - 1]
    }

    public var description: String {
        "\(code) \(reasonPhrase)"
    }

    private static let classes = ["Informational", "Success", "Redirection", "Client Error", "Server Error"]

    private static let phrases: [Int: String] = [
        100: "Continue", 102: "Processing", 200: "OK", 201: "Created", 202: "Accepted", 204: "No Content",
        206: "Partial Content", 301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
        307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized",
        403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable",
        408: "Request Timeout", 409: "Conflict", 410: "Gone", 411: "Length Required", 412: "Precondition Failed",
        413: "Content Too Large", 414: "URI Too Long", 415: "Unsupported Media Type", 416: "Range Not Satisfiable",
        417: "Expectation Failed", 421: "Misdirected Request", 422: "Unprocessable Content", 423: "Locked",
        426: "Upgrade Required", 428: "Precondition Required", 429: "Too Many Requests",
        431: "Request Header Fields Too Large", 500: "Internal Server Error", 501: "Not Implemented",
        502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout", 505: "HTTP Version Not Supported",
        507: "Insufficient Storage",
    ]
}
