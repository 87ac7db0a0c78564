import Dispatch
import Foundation
import Replication
import SQLite
import ServiceDesk
import Standards
import Synchronization

/// Makes a branch: it shows the hub a one-time token and the origin it drew, and keeps the credential it gets.
public enum BranchSetup {
    /// - Parameters:
    ///   - snapshot: the path of a ``SiteSnapshot`` to begin with; nil for none.
    ///   - step: is told what is being done.
    /// - Returns: the branch's site.
    /// - Throws: ``NodeError`` with the hub's own reason when it refuses.
    public static func join(
        _ folder: DataFolder, hub: String, token: String, listen: String, snapshot: String? = nil,
        step: (String) -> Void = { _ in }
    ) throws -> SiteID {
        _ = try NodeConfiguration.address(listen)
        if FileManager.default.fileExists(atPath: folder.configuration) {
            return try renew(folder, hub: hub, token: token)
        }
        try folder.create()
        let origin = try draftOrigin(folder)
        // Before the token is used: a file that is no snapshot must not cost one.
        if let snapshot, !(try isFounded(folder)) { try SiteSnapshot.place(snapshot, in: folder, step: step) }
        let json = try ask(
            hub,
            [
                "token": .string(token), "origin": .string(origin.description), "snapshot": .bool(snapshot != nil),
            ])
        guard let site = json["site"]?.stringValue, let credential = json["credential"]?.stringValue,
            let letters = json["letters"]?.stringValue, let zh = json["name"]?["zh"]?.stringValue,
            let en = json["name"]?["en"]?.stringValue
        else {
            throw NodeError(.refused, "\(hub) did not answer like a hub.", remedy: "Check the address.")
        }
        let isStandby = json["role"]?.stringValue == "standby"
        try folder.replace(folder.token, with: Array((Secrets.hex(Secrets.random(bytes: 16)) + "\n").utf8))
        if !(try isFounded(folder)) {
            if snapshot == nil {
                Files.removeDatabase(folder.database)
                try found(folder, SiteID(site), isStandby: isStandby, origin)
            } else {
                let epoch = try epoch(json, of: hub)
                try SiteSnapshot.found(folder, site: SiteID(site), origin: origin, epoch: epoch, step: step)
            }
        }
        let configuration = NodeConfiguration(
            site: SiteID(site), isHub: false, isStandby: isStandby, listen: listen, hub: hub, credential: credential,
            letters: letters,
            name: LocalText(zh: zh, en: en), timeZone: json["timeZone"]?.stringValue ?? "+08:00")
        try folder.replace(folder.configuration, with: configuration.json.bytes(pretty: true) + [0x0A])
        folder.remove(draftPath(folder))
        return SiteID(site)
    }

    /// Whether an earlier try to join has come as far as the database.
    private static func isFounded(_ folder: DataFolder) throws -> Bool {
        guard Files.exists(folder.database) else { return false }
        let database = try Database(path: folder.database, mode: .readWriteCreate)
        defer { database.close() }
        let hasLives = try database.first("SELECT 1 FROM sqlite_schema WHERE name = 'life'") { _ in true }
        guard hasLives != nil else { return false }
        return try database.first("SELECT 1 FROM life") { _ in true } != nil
    }

    private static func found(
        _ folder: DataFolder, _ site: SiteID, isStandby: Bool, _ origin: OriginID
    ) throws {
        let storage = try Storage(path: folder.database, migrations: { Site.migrations })
        defer { storage.close() }
        try storage.writer.withDatabase { database in
            try database.transaction(.immediate) {
                try SiteStore(database, domain: DeskDomain())
                    .found(site: site, isHub: false, isStandby: isStandby, origin: origin, epoch: .none)
            }
        }
    }

    private static func epoch(_ json: JSONValue, of hub: String) throws -> Epoch {
        guard let number = json["epoch"]?["number"]?.intValue.flatMap(UInt32.init(exactly:)),
            let random = json["epoch"]?["random"]?.stringValue.flatMap({ UInt64($0, radix: 16) })
        else {
            throw NodeError(.refused, "\(hub) did not answer like a hub.", remedy: "Check the address.")
        }
        return Epoch(number: number, random: random)
    }

    /// A branch that was revoked, or whose hub has moved, shows a new token and goes on with the database that it has.
    private static func renew(_ folder: DataFolder, hub: String, token: String) throws -> SiteID {
        var configuration = try NodeConfiguration(folder: folder)
        guard !configuration.isHub else {
            throw NodeError(.badFolder, "\(folder.path) holds a hub.", remedy: "Choose another folder.")
        }
        let lock = try LockFile(path: folder.lock, name: "\(configuration.site) (joining)")
        defer { lock.release() }
        let database = try Database(path: folder.database, mode: .readOnly)
        defer { database.close() }
        let origin = try SiteStore(database, domain: DeskDomain()).life().origin
        let json = try ask(hub, ["token": .string(token), "origin": .string(origin.description)])
        guard let credential = json["credential"]?.stringValue, json["site"]?.stringValue == configuration.site.text
        else {
            throw NodeError(
                .refused,
                "The token is not one for "
                    + "\(configuration.site).", remedy: "Ask the hub for one of this site.")
        }
        configuration.hub = hub
        configuration.credential = credential
        try folder.replace(folder.configuration, with: configuration.json.bytes(pretty: true) + [0x0A])
        return configuration.site
    }

    /// Tells a stopped branch that its hub is at another address; its credential is good there too.
    /// - Returns: the branch's site, and where its hub was.
    public static func point(_ folder: DataFolder, to hub: String) throws -> (site: SiteID, before: String) {
        var configuration = try NodeConfiguration(folder: folder)
        guard !configuration.isHub else {
            throw NodeError(.badFolder, "\(folder.path) holds a hub.", remedy: "Name a branch's folder.")
        }
        guard let url = URL(string: hub), url.scheme == "http" || url.scheme == "https", url.host != nil else {
            throw NodeError(
                .badConfiguration, "\(hub) is no address of a hub.", remedy: "Write it as http://10.0.0.1:7070.")
        }
        let lock: LockFile
        do {
            lock = try LockFile(path: folder.lock, name: "\(configuration.site) (pointing)")
        } catch let error as SQLiteError where error.kind == .locked {
            throw NodeError(.busy, "\(error.message).", remedy: "Stop that process first.")
        }
        defer { lock.release() }
        let before = configuration.hub ?? ""
        configuration.hub = hub
        try folder.replace(folder.configuration, with: configuration.json.bytes(pretty: true) + [0x0A])
        return (configuration.site, before)
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
            "/exchange/v1/join", request.bytes(), type: "application/json", seconds: HubClient.seconds(.hello)
        ) { result in
            outcome.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        let result = outcome.withLock { $0 }
        if case .failure(let error as NodeError) = result, error.kind == .unreachable {
            throw NodeError(.unreachable, error.message, remedy: "Check the address and the line, and join again.")
        }
        guard let answer = try result?.get() else {
            throw NodeError(.unreachable, "\(hub) does not answer.", remedy: "Check the address and the line.")
        }
        do {
            return try JSONValue(parsing: answer.body, sizeLimit: 64 * 1024)
        } catch {
            throw NodeError(.refused, "\(hub) did not answer like a hub.", remedy: "Check the address.")
        }
    }
}
