/// What failed, on what, why, and what to do next. The one error type of this target.
///
/// It never carries bytes that a client sent as a value or a body: only names, sizes and limits, so that it may be
/// logged and shown.
public struct HTTPError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The family of a failure. A structure rather than an enumeration, so that families can be added.
    public struct Kind: Hashable, Sendable, CustomStringConvertible {
        /// A stable name for logs and metrics.
        public let description: String

        /// Bytes that are no HTTP/1.1 message.
        public static let malformedMessage = Kind(description: "malformed-message")
        /// A message, or a part of one, above a limit.
        public static let limitExceeded = Kind(description: "limit-exceeded")
        /// Legal, but not offered here.
        public static let unsupported = Kind(description: "unsupported")
        /// A response that a handler composed wrongly, such as a header value with a line break.
        public static let invalidResponse = Kind(description: "invalid-response")
        /// The other side took longer than a deadline allows.
        public static let deadlinePassed = Kind(description: "deadline-passed")
        /// No room at present.
        public static let busy = Kind(description: "busy")
        /// The connection is gone.
        public static let disconnected = Kind(description: "disconnected")
        /// The operating system refused.
        public static let system = Kind(description: "system")
        /// A host or port that cannot be used.
        public static let invalidAddress = Kind(description: "invalid-address")
    }

    /// The family of the failure.
    public let kind: Kind
    /// The status a server answers with when this error ends a request.
    public let status: Status
    /// On what: a part of the message, a system call, an address. Never its value.
    public let subject: String
    /// Why it failed.
    public let reason: String
    /// What to do next.
    public let advice: String
    /// Whether the same thing may succeed when tried again unchanged.
    public let isRecoverable: Bool
    /// The system's error number, where a system call failed.
    public let systemCode: Int32?
    /// Of a call to another server: whether nothing of the request has left, so that it cannot have been heard.
    public internal(set) var isUnsent = false

    /// Makes an error. `reason` and `advice` are whole sentences.
    public init(
        _ kind: Kind, status: Status, subject: String, reason: String, advice: String,
        isRecoverable: Bool = false, systemCode: Int32? = nil
    ) {
        self.kind = kind
        self.status = status
        self.subject = subject
        self.reason = reason
        self.advice = advice
        self.isRecoverable = isRecoverable
        self.systemCode = systemCode
    }

    public var description: String {
        let code = systemCode.map { " (system error \($0))" } ?? ""
        return "\(subject): \(reason)\(code) \(advice)"
    }

    /// Bytes that are no HTTP/1.1 message: 400.
    static func malformed(_ subject: String, _ reason: String, _ advice: String) -> HTTPError {
        HTTPError(.malformedMessage, status: .badRequest, subject: subject, reason: reason, advice: advice)
    }

    /// A part of a message above a limit.
    static func exceeded(_ status: Status, _ subject: String, limit: Int, unit: String = "bytes") -> HTTPError {
        HTTPError(
            .limitExceeded, status: status, subject: subject,
            reason: "The \(subject) is above the limit of \(limit) \(unit).",
            advice: "Send less, or split it over several requests.")
    }
}
