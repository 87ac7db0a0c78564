import Foundation
import ServiceDesk
import Standards

/// How the hub tells customers: `notices.json` in its data folder. Without that file nobody is told: only a hub that is
/// new begins with lines of `notices.jsonl` beside it, and one that is put together elsewhere may have had a gateway.
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
        /// Requests are signed with it; shown to nobody. Nil after a restore elsewhere: no backup holds it.
        public var secret: String?
        /// Whether it takes an `Idempotency-Key` once, so that what it may have taken can be sent again.
        public var honoursKeys: Bool

        public init(url: String, secret: String?, honoursKeys: Bool) {
            self.url = url
            self.secret = secret
            self.honoursKeys = honoursKeys
        }
    }

    /// Why notices are kept and not sent.
    public enum Hold: String, Sendable {
        /// Nobody has said where to.
        case notSet
        /// The gateway's secret is not here.
        case noSecret

        public var why: String {
            switch self {
            case .notSet: "nobody has said how customers are told"
            case .noSecret: "the secret shared with the gateway is not in this folder"
            }
        }

        /// - Parameter data: the hub's data folder.
        public func remedy(data: String) -> String {
            let gateway = "tributary notices settings --data \(data) --gateway URL --secret-file FILE"
            return switch self {
            case .notSet: "Say it: \(gateway), or --file instead of a gateway."
            case .noSecret: "Give it: \(gateway)"
            }
        }
    }

    public var language = NoticeTemplate.Language.zh
    /// The first that a ticket has an address for is taken.
    public var routes = [NoticeWriter.Route.sms]
    /// Where customers reach this hub, such as `https://service.example`; without it messages have no link.
    public var linkBase: String?
    public var gateway: Gateway?
    /// Without a gateway: whether notices are lines of `notices.jsonl`.
    public var writesFile = false

    public init() {}

    /// Nil where they are sent.
    public var hold: Hold? {
        guard let gateway else { return writesFile ? nil : .notSet }
        return gateway.secret == nil ? .noSecret : nil
    }

    /// Whether what may have been sent is sent again: the file takes a key once, as some gateways do.
    var honoursKeys: Bool { gateway?.honoursKeys ?? true }

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
            guard let url = gateway["url"]?.stringValue else { throw Self.wrong("the gateway lacks its url") }
            self.gateway = Gateway(
                url: url, secret: gateway["secret"]?.stringValue,
                honoursKeys: gateway["honoursKeys"]?.boolValue ?? false)
        }
        writesFile = json["file"]?.boolValue ?? false
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
        guard Self.secretBytes.contains(gateway.secret?.utf8.count ?? Self.secretBytes.lowerBound) else {
            throw Self.wrong(
                "the gateway's secret has not \(Self.secretBytes.lowerBound) to \(Self.secretBytes.upperBound) bytes")
        }
    }

    /// Replaces `notices.json`; a running hub reads it before it sends again.
    public func save(in folder: DataFolder) throws {
        try check()
        try folder.replace(folder.noticeSettings, with: json(showsSecret: true).bytes() + [0x0A])
    }

    /// For a backup: without the secret.
    func saveWithoutSecret(in folder: DataFolder) throws {
        var bare = self
        bare.gateway?.secret = nil
        try bare.save(in: folder)
    }

    /// The secret in a file: its first line, of printable ASCII, so that the gateway has the same bytes.
    /// - Throws: ``NodeError`` where that is no secret.
    public static func secret(in file: [UInt8]) throws -> String {
        var line = file.prefix { $0 != 0x0A }
        if line.last == 0x0D { line.removeLast() }
        guard !line.isEmpty, line.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw NodeError(
                .badConfiguration, "The first line of the secret's file is empty, or not printable ASCII.",
                remedy: "Make one: openssl rand -hex 32 > FILE")
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// Without the secret, and with why nothing is sent.
    public var shown: JSONValue { json(showsSecret: false) }

    private func json(showsSecret: Bool) -> JSONValue {
        var members: [String: JSONValue] = [
            "language": .string(language.rawValue),
            "channels": .array(routes.map { ["channel": .string($0.channel), "field": .string($0.field)] }),
            "linkBase": linkBase.map(JSONValue.string) ?? .null, "file": .bool(writesFile),
        ]
        if !showsSecret { members["held"] = hold.map { .string($0.rawValue) } ?? .null }
        if let gateway {
            var shown: [String: JSONValue] = ["url": .string(gateway.url), "honoursKeys": .bool(gateway.honoursKeys)]
            if showsSecret, let secret = gateway.secret { shown["secret"] = .string(secret) }
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
