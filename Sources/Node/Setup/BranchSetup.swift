import Dispatch
import Foundation
import Replication
import SQLite
import ServiceDesk
import Standards
import Synchronization

/// Makes a branch: it shows the hub a one-time token and the origin it drew, and keeps the credential it gets.
public enum BranchSetup {
    /// - Returns: the branch's site.
    /// - Throws: ``NodeError`` with the hub's own reason when it refuses.
    public static func join(_ folder: DataFolder, hub: String, token: String, listen: String) throws -> SiteID {
        try folder.create()
        let origin = try draftOrigin(folder)
        let request: JSONValue = ["token": .string(token), "origin": .string(origin.description)]
        let json = try ask(hub, request)
        guard let site = json["site"]?.stringValue, let credential = json["credential"]?.stringValue,
            let letters = json["letters"]?.stringValue, let zh = json["name"]?["zh"]?.stringValue,
            let en = json["name"]?["en"]?.stringValue
        else {
            throw NodeError(.refused, "\(hub) did not answer like a hub.", remedy: "Check the address.")
        }
        try folder.replace(folder.token, with: Array((Secrets.hex(Secrets.random(bytes: 16)) + "\n").utf8))
        let storage = try Storage(path: folder.database, migrations: { Site.migrations })
        defer { storage.close() }
        try storage.writer.withDatabase { database in
            try database.transaction(.immediate) {
                let isFounded = try database.first("SELECT 1 FROM life") { _ in true }
                if isFounded != nil { return }
                try SiteStore(database, domain: DeskDomain())
                    .found(site: SiteID(site), isHub: false, origin: origin, epoch: .none)
            }
        }
        let configuration = NodeConfiguration(
            site: SiteID(site), isHub: false, listen: listen, hub: hub, credential: credential, letters: letters,
            name: LocalText(zh: zh, en: en), timeZone: json["timeZone"]?.stringValue ?? "+08:00")
        try folder.replace(folder.configuration, with: configuration.json.bytes(pretty: true) + [0x0A])
        folder.remove(draftPath(folder))
        return SiteID(site)
    }

    private static func draftPath(_ folder: DataFolder) -> String { folder.path + "/joining" }

    /// The origin is drawn once and kept, so that joining may be repeated after a lost answer.
    private static func draftOrigin(_ folder: DataFolder) throws -> OriginID {
        if let data = FileManager.default.contents(atPath: draftPath(folder)),
            let raw = UInt64(String(decoding: data, as: UTF8.self), radix: 16)
        {
            return OriginID(raw: raw)
        }
        let origin = Draws.origin()
        try folder.replace(draftPath(folder), with: Array(origin.description.utf8))
        return origin
    }

    private static func ask(_ hub: String, _ request: JSONValue) throws -> JSONValue {
        let client = HubClient(hub: hub, credential: "")
        defer { client.close() }
        let done = DispatchSemaphore(value: 0)
        let outcome = Mutex<Result<HubClient.Answer, any Error>?>(nil)
        client.post(
            "/exchange/v1/join", request.bytes(), type: "application/json", seconds: HubClient.helloSecondsMax
        ) { result in
            outcome.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        guard let answer = try outcome.withLock({ try $0?.get() }) else {
            throw NodeError(.unreachable, "\(hub) does not answer.", remedy: "Check the address and the line.")
        }
        do {
            return try JSONValue(parsing: answer.body, sizeLimit: 64 * 1024)
        } catch {
            throw NodeError(.refused, "\(hub) did not answer like a hub.", remedy: "Check the address.")
        }
    }
}
