import Foundation
import ServiceDesk
import Standards

/// How the hub tells customers: `notices.json` in its data folder. Without that file every notice is a line of
/// `notices.jsonl` beside it, for trying it out.
public struct NoticeSettings: Equatable, Sendable {
    /// Of `notices.json`, in bytes.
    static let sizeMax = 64 * 1024
    public static let routesMax = 10
    /// Bytes of a secret: as many as the signature has, at least; a line of a file, at most.
    public static let secretBytes = 32...1_024
    public static let linkBaseBytesMax = 200

    /// Another system that takes notices and sends them on by SMS, WeChat or mail.
    public struct Gateway: Equatable, Sendable {
        public var url: String
        /// Requests are signed with it; shown to nobody.
        public var secret: String
        /// Whether it takes an `Idempotency-Key` once, so that what it may have taken can be sent again.
        public var honoursKeys: Bool

        public init(url: String, secret: String, honoursKeys: Bool) {
            self.url = url
            self.secret = secret
            self.honoursKeys = honoursKeys
        }
    }

    public var language = NoticeTemplate.Language.zh
    /// The first that a ticket has an address for is taken.
    public var routes = [NoticeWriter.Route.sms]
    /// Where customers reach this hub, such as `https://service.example`; without it messages have no link.
    public var linkBase: String?
    /// Nil for the file.
    public var gateway: Gateway?

    public init() {}

    public init(folder: DataFolder) throws {
        guard FileManager.default.fileExists(atPath: folder.noticeSettings) else { return }
        let json: JSONValue
        do {
            json = try JSONValue(parsing: try folder.read(folder.noticeSettings), sizeLimit: Self.sizeMax)
        } catch let error as StandardsError {
            throw Self.wrong("\(folder.noticeSettings): \(error.reason)")
        }
        language = json["language"]?.stringValue.flatMap(NoticeTemplate.Language.init(rawValue:)) ?? .zh
        if let routes = json["channels"]?.arrayValue {
            self.routes = try routes.map { route in
                guard let channel = route["channel"]?.stringValue, let field = route["field"]?.stringValue else {
                    throw Self.wrong("a channel lacks its name or its field")
                }
                return NoticeWriter.Route(channel: channel, field: field)
            }
        }
        linkBase = json["linkBase"]?.stringValue
        if let gateway = json["gateway"], gateway != .null {
            guard let url = gateway["url"]?.stringValue, let secret = gateway["secret"]?.stringValue else {
                throw Self.wrong("the gateway lacks its url or its secret")
            }
            self.gateway = Gateway(url: url, secret: secret, honoursKeys: gateway["honoursKeys"]?.boolValue ?? false)
        }
        try check()
    }

    /// - Throws: ``NodeError`` for what could not be sent by.
    public func check() throws {
        guard (1...Self.routesMax).contains(routes.count) else {
            throw Self.wrong("there are not 1 to \(Self.routesMax) channels")
        }
        for route in routes where route.channel.isEmpty || route.field.isEmpty || route.channel.utf8.count > 40 {
            throw Self.wrong("a channel is not CHANNEL=FIELD, such as sms=contactPhone")
        }
        if let linkBase {
            guard linkBase.utf8.count <= Self.linkBaseBytesMax, !linkBase.hasSuffix("/"),
                (try? CallbackAddress(linkBase)) != nil
            else { throw Self.wrong("the base of links is no http or https URL without a slash at its end") }
        }
        guard let gateway else { return }
        guard (try? CallbackAddress(gateway.url)) != nil else {
            throw Self.wrong("the gateway's url is no http or https URL")
        }
        guard Self.secretBytes.contains(gateway.secret.utf8.count) else {
            throw Self.wrong(
                "the gateway's secret has not \(Self.secretBytes.lowerBound) to \(Self.secretBytes.upperBound) bytes")
        }
    }

    /// Replaces `notices.json`; a running hub reads it before it sends again.
    public func save(in folder: DataFolder) throws {
        try check()
        try folder.replace(folder.noticeSettings, with: json(showsSecret: true).bytes() + [0x0A])
    }

    /// Without the secret.
    public var shown: JSONValue { json(showsSecret: false) }

    private func json(showsSecret: Bool) -> JSONValue {
        var members: [String: JSONValue] = [
            "language": .string(language.rawValue),
            "channels": .array(routes.map { ["channel": .string($0.channel), "field": .string($0.field)] }),
            "linkBase": linkBase.map(JSONValue.string) ?? .null,
        ]
        if let gateway {
            var shown: [String: JSONValue] = ["url": .string(gateway.url), "honoursKeys": .bool(gateway.honoursKeys)]
            if showsSecret { shown["secret"] = .string(gateway.secret) }
            members["gateway"] = .object(shown)
        }
        return .object(members)
    }

    private static func wrong(_ what: String) -> NodeError {
        NodeError(
            .badConfiguration, "The settings of notices cannot be used: \(what).",
            remedy: "Set them with `tributary notices settings --data DIR`.")
    }
}
