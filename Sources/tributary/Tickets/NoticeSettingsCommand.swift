import Node
import ServiceDesk
import Standards

/// `tributary notices settings`
enum NoticeSettingsCommand {
    static let command = Command(
        "settings", "Shows or sets how the hub tells customers",
        explanation: [
            "The settings lie in notices.json in the hub's data folder, readable by nobody else. A running hub takes "
                + "them up before it sends again; it need not be stopped.",
            "A gateway is sent one POST a notice: JSON with key, channel, to, text, ticket, step, stage; the header "
                + "Idempotency-Key; and Tributary-Signature: t=SECONDS,v1=HEX, where HEX is HMAC-SHA256 under the "
                + "secret of SECONDS, a full stop and the body.",
            "2xx is sent. 4xx is failed, but for 401, 403, 404, 405, 407, 408 and 429: those, 3xx, and a gateway that "
                + "cannot be reached or trusted are tried again. 5xx, or no answer, may have been taken: with "
                + "--honours-keys it is tried again, and without it waits for a person.",
            "Over https the gateway's certificate must be signed by an authority that this machine trusts. A private "
                + "one is laid into /usr/local/share/ca-certificates as NAME.crt, then: update-ca-certificates.",
            "While neither --gateway nor --file was said, as after `hub rebuild` or `hub promote`, notices are held. A "
                + "backup holds no secret: after a restore into a new folder say --gateway and --secret-file again.",
        ],
        options: [
            OptionRule("data", "DIR", "the hub's data folder", .required),
            OptionRule("gateway", "URL", "sends notices there; with --secret-file"),
            OptionRule("secret-file", "FILE", "a file whose first line is the secret shared with the gateway"),
            OptionRule("honours-keys", nil, "the gateway takes an Idempotency-Key once: repeat what is uncertain"),
            OptionRule("file", nil, "writes notices to notices.jsonl instead of sending them to a gateway"),
            OptionRule("language", "L", "zh or en"),
            OptionRule("link-base", "URL", "where customers reach this hub; without it messages have no link"),
            OptionRule("channel", "CHANNEL=FIELD", "where addresses stand, the first filled is used", .repeated),
            NodeOptions.json,
        ],
        examples: [
            "tributary notices settings --data hub",
            "tributary notices settings --data hub --gateway https://sms.example/notices --secret-file gateway.secret",
            "tributary notices settings --data hub --channel wechat=wechatId --channel sms=contactPhone",
        ],
        exits: [.done, .usage, .refused], action: run)

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let folder = Node.DataFolder(try invocation.required("data"))
        let settings = try NodeCommands.explain("set how \(folder.path) tells customers") {
            guard try NodeConfiguration(folder: folder).isHub else {
                throw NodeError(
                    .badConfiguration, "\(folder.path) is no hub; only the hub tells customers.",
                    remedy: "Give the hub's folder.")
            }
            return try NoticeSettings(folder: folder)
        }
        var changed = settings
        try change(&changed, invocation)
        if changed != settings {
            let wanted = changed
            try NodeCommands.explain("set how \(folder.path) tells customers") { try wanted.save(in: folder) }
        }
        if invocation.has("json") { JSONText.say(changed.shown) } else { say(changed, folder.path) }
        return .done
    }

    private static func change(_ settings: inout NoticeSettings, _ invocation: Invocation) throws {
        if let language = try invocation.choice("language", of: ["zh", "en"]) {
            settings.language = language == "zh" ? .zh : .en
        }
        if let base = invocation.text("link-base") { settings.linkBase = base.isEmpty ? nil : base }
        let routes = try invocation.texts("channel").map { text in
            let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else {
                throw invocation.refusal("`\(text)` is not CHANNEL=FIELD", "write it like sms=contactPhone")
            }
            return NoticeWriter.Route(channel: parts[0], field: parts[1])
        }
        if !routes.isEmpty { settings.routes = routes }
        if invocation.has("file") {
            settings.gateway = nil
            settings.writesFile = true
        }
        guard let url = invocation.text("gateway") else {
            guard !invocation.has("secret-file"), !invocation.has("honours-keys") else {
                throw invocation.refusal("--gateway is missing", "say which gateway is meant")
            }
            return
        }
        guard !invocation.has("file") else {
            throw invocation.refusal("--file and --gateway exclude one another", "give one of them")
        }
        let bytes = try InputFile.bytes(try invocation.required("secret-file"), limit: 64 << 10)
        let secret = try NodeCommands.explain("read the secret shared with the gateway") {
            try NoticeSettings.secret(in: bytes)
        }
        settings.gateway = NoticeSettings.Gateway(
            url: url, secret: secret, honoursKeys: invocation.has("honours-keys"))
        settings.writesFile = false
    }

    private static func say(_ settings: NoticeSettings, _ data: String) {
        if let gateway = settings.gateway {
            let keys =
                gateway.honoursKeys ? "honours keys" : "does not honour keys: what is uncertain waits for a person"
            let secret = gateway.secret.map { "signed with a secret of \($0.utf8.count) bytes" } ?? "no secret"
            Terminal.say("gateway   \(gateway.url) (\(keys)); \(secret)")
        } else {
            Terminal.say(
                "gateway   " + (settings.writesFile ? "none: notices are lines of notices.jsonl" : "none said yet"))
        }
        if let hold = settings.hold {
            Terminal.say("held      \(hold.why): notices wait. \(hold.remedy(data: data))")
        }
        Terminal.say("language  \(settings.language.rawValue)")
        Terminal.say("links     \(settings.linkBase ?? "none")")
        for route in settings.routes { Terminal.say("channel   \(route.channel), from the field \(route.field)") }
    }
}
