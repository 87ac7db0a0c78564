import Foundation
import Replication
import Standards

/// What a node must know before it opens its database: `node.json`.
public struct NodeConfiguration: Sendable {
    public var site: SiteID
    public var isHub: Bool
    /// It holds everything and takes no work.
    public var isStandby: Bool
    /// Address and port to listen on; port 0 chooses one.
    public var listen: String
    /// The hub's URL, for a branch.
    public var hub: String?
    /// What the branch shows to the hub.
    public var credential: String?
    /// Of this site's ticket numbers.
    public var letters: String
    public var name: LocalText
    /// The province's offset from UTC, such as `+08:00`.
    public var timeZone: String
    /// Browsers come to it through a server that speaks TLS, and send their cookies over TLS only.
    public var isBehindTLS = false
    /// Streams of events at once; as many as is usual when nil.
    public var eventStreams: Int?
    public static let eventStreamsMax = 4_096

    public init(
        site: SiteID, isHub: Bool, isStandby: Bool = false, listen: String, hub: String? = nil,
        credential: String? = nil, letters: String, name: LocalText, timeZone: String
    ) {
        self.site = site
        self.isHub = isHub
        self.isStandby = isStandby
        self.listen = listen
        self.hub = hub
        self.credential = credential
        self.letters = letters
        self.name = name
        self.timeZone = timeZone
    }

    /// `hub`, `standby` or `branch`.
    public var role: String { isHub ? "hub" : isStandby ? "standby" : "branch" }

    public static let sizeMax = 64 * 1024

    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "format": 1, "site": .string(site.text), "role": .string(role),
            "listen": .string(listen), "letters": .string(letters), "name": name.json, "timeZone": .string(timeZone),
        ]
        if let hub { members["hub"] = .string(hub) }
        if let credential { members["credential"] = .string(credential) }
        if isBehindTLS { members["tls"] = true }
        if let eventStreams { members["eventStreams"] = .integer(Int64(eventStreams)) }
        return .object(members)
    }

    public init(folder: DataFolder) throws {
        let json: JSONValue
        do {
            json = try JSONValue(parsing: try folder.read(folder.configuration), sizeLimit: Self.sizeMax)
        } catch let error as StandardsError {
            throw Self.wrong(folder, "\(error)")
        }
        guard let site = json["site"]?.stringValue, let role = json["role"]?.stringValue,
            let listen = json["listen"]?.stringValue, let letters = json["letters"]?.stringValue,
            let zh = json["name"]?["zh"]?.stringValue, let en = json["name"]?["en"]?.stringValue
        else { throw Self.wrong(folder, "one of site, role, listen, letters and name is missing") }
        self.init(
            site: SiteID(site), isHub: role == "hub", isStandby: role == "standby", listen: listen,
            hub: json["hub"]?.stringValue,
            credential: json["credential"]?.stringValue, letters: letters, name: LocalText(zh: zh, en: en),
            timeZone: json["timeZone"]?.stringValue ?? "+08:00")
        isBehindTLS = json["tls"]?.boolValue ?? false
        if let streams = json["eventStreams"] {
            guard let number = streams.intValue, (1...Self.eventStreamsMax).contains(number) else {
                throw Self.wrong(folder, "eventStreams is not a number from 1 to \(Self.eventStreamsMax)")
            }
            eventStreams = number
        }
        guard isHub || (hub != nil && credential != nil) else {
            throw Self.wrong(folder, "a \(role) needs hub and credential")
        }
    }

    /// The address and the port to listen on.
    public static func address(_ text: String) throws -> (host: String, port: UInt16) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let port = UInt16(parts[1]) else {
            throw NodeError(
                .badConfiguration, "\(text) is no address to listen on.",
                remedy: "Write ADDRESS:PORT, as 127.0.0.1:7070; port 0 chooses one.")
        }
        return (String(parts[0]), port)
    }

    private static func wrong(_ folder: DataFolder, _ why: String) -> NodeError {
        NodeError(
            .badConfiguration, "\(folder.configuration) is not a node's configuration: \(why).",
            remedy: "Correct it, or join the site again in a new folder.")
    }
}
