import Dispatch
import Foundation
import HTTP
import Node
import Replication
import SQLite
import ServiceDesk
import Standards
import Synchronization

/// A site in a folder of its own, with its API served on a port of the system's choosing.
final class TestNode: Sendable {
    let site: Site
    let port: UInt16
    private let server: Server
    let api: APIRoutes
    let delivery: EventDelivery
    /// At a hub.
    let notices: NoticeSender?
    /// Everything that it serves.
    let routes: [Route]
    /// What the exchange has to tell.
    let report: TestReport

    private init(
        _ folder: DataFolder, events: EventLimits = EventLimits(), tellsCustomers: Bool = true
    ) throws {
        site = try Site(folder: folder)
        let report = TestReport()
        self.report = report
        api = APIRoutes(site: site, events: events, status: { report.value })
        var limits = EventDelivery.Limits()
        (limits.firstPauseSeconds, limits.longestPauseSeconds, limits.attemptsMax) = (0.01, 0.02, 4)
        limits.behindMax = 20
        delivery = EventDelivery(site: site, limits: limits)
        notices =
            site.configuration.isHub && tellsCustomers
            ? NoticeSender(site: site, firstPauseMilliseconds: 20, link: { _ in nil }) : nil
        routes =
            api.routes() + TroubleTicketAPI(site: site).routes() + OpenAPIRoutes(site: site).routes()
            + PageRoutes().routes
        server = Server(handler: TroubleTicketFront(Router(routes)))
        port = try server.start()
    }

    deinit {
        delivery.close()
        notices?.close()
        server.shutdown(deadlineSeconds: 0) { _ in }
        try? FileManager.default.removeItem(atPath: site.folder.path)
    }

    private static func newFolder() -> DataFolder {
        DataFolder(NSTemporaryDirectory() + "node-tests-" + UUID().uuidString)
    }

    static func hub(events: EventLimits = EventLimits(), tellsCustomers: Bool = true) throws -> TestNode {
        let folder = newFolder()
        _ = try HubSetup.initialise(
            folder, topology: try TestDocuments.topology(), listen: "127.0.0.1:0", document: TestDocuments.pack())
        return try TestNode(folder, events: events, tellsCustomers: tellsCustomers)
    }

    /// A hub as `hub rebuild` leaves it: with the key of another, and with nothing else.
    static func rebuilt(_ hub: TestNode) throws -> TestNode {
        let (folder, key) = (newFolder(), NSTemporaryDirectory() + "hub-key-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(atPath: key) }
        _ = try HubKey.export(of: hub.site.folder, to: key)
        _ = try HubRescue.rebuild(
            folder, topology: try TestDocuments.topology(), key: key, listen: "127.0.0.1:0", epoch: 0, actor: "test")
        return try TestNode(folder)
    }

    /// A branch as `branch join` leaves it, before its first exchange.
    static func branch(_ id: String = TestDocuments.branches[0], of hub: TestNode) throws -> TestNode {
        let folder = newFolder()
        try folder.create()
        let place = try TestDocuments.topology().site(id)
        let origin = OriginID(raw: UInt64.random(in: 1...UInt64.max))
        try folder.replace(folder.token, with: Array("token of \(id)\n".utf8))
        let storage = try Storage(path: folder.database, migrations: { Site.migrations })
        try storage.writer.withDatabase { database in
            try database.transaction(.immediate) {
                try SiteStore(database, domain: DeskDomain())
                    .found(site: SiteID(id), isHub: false, origin: origin, epoch: .none)
            }
        }
        storage.close()
        let configuration = NodeConfiguration(
            site: SiteID(id), isHub: false, listen: "127.0.0.1:0", hub: "http://127.0.0.1:\(hub.port)",
            credential: "none", letters: place?.ticketLetters ?? "", name: place?.name ?? LocalText(zh: "", en: ""),
            timeZone: "+08:00")
        try folder.replace(folder.configuration, with: configuration.json.bytes())
        _ = try hub.write { session, now in
            try session.join(SiteID(id), origin: origin, actor: "test", at: now)
        }
        return try TestNode(folder)
    }

    /// A hub and a branch that has heard all the hub has to tell.
    static func pair() throws -> (hub: TestNode, branch: TestNode) {
        let hub = try hub()
        let branch = try branch(of: hub)
        try TestExchange(hub: hub, branch: branch).sync()
        return (hub, branch)
    }

    /// Runs a job of the writer and waits for its commit.
    func write<T: Sendable>(_ job: @escaping @Sendable (inout Session, Int64) throws -> T) throws -> T {
        let done = DispatchSemaphore(value: 0)
        let outcome = Mutex<Result<T, any Error>?>(nil)
        site.write("test", job) { result in
            outcome.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        guard let result = outcome.withLock({ $0 }) else { throw RawClient.Failure(what: "no outcome") }
        return try result.get()
    }

    /// Waits until this node's clock is past another's, so that what is written here now sorts after what was written
    /// there: the clocks of two nodes may be some milliseconds apart.
    func waitUntilLater(than other: TestNode) throws {
        let (there, deadline) = (other.site.now() + 5, ContinuousClock.now + .seconds(10))
        while site.now() <= there {
            guard ContinuousClock.now < deadline else { throw RawClient.Failure(what: "the clock stands still") }
        }
    }

    func get(_ target: String, headers: [(String, String)] = []) throws -> RawAnswer {
        try RawClient.send(port: port, "GET", target, headers: [token] + headers)
    }

    func post(_ target: String, _ body: JSONValue, headers: [(String, String)] = []) throws -> RawAnswer {
        try RawClient.send(port: port, "POST", target, headers: [token] + headers, body: body.bytes())
    }

    func post(_ target: String, text: String, headers: [(String, String)] = []) throws -> RawAnswer {
        try RawClient.send(port: port, "POST", target, headers: [token] + headers, body: Array(text.utf8))
    }

    var token: (String, String) { ("Authorization", "Bearer \(site.apiToken)") }

    /// Opens a complaint and gives its answer.
    func open(
        _ subject: String = "宽带频繁掉线", fields: [String: JSONValue] = [:], headers: [(String, String)] = []
    ) throws -> RawAnswer {
        var form = fields
        form["subject"] = .string(subject)
        var body: [String: JSONValue] = ["type": "complaint", "fields": .object(form)]
        if site.configuration.isHub { body["home"] = .string(TestDocuments.branches[0]) }
        return try post("/api/tickets", .object(body), headers: headers)
    }

    /// Opens a complaint and gives the path of its ticket.
    func openTicket(_ subject: String = "宽带频繁掉线", fields: [String: JSONValue] = [:]) throws -> String {
        let answer = try open(subject, fields: fields)
        guard answer.status == 201, let path = answer.headers["location"] else {
            throw RawClient.Failure(what: "\(answer.status) \(answer.text)")
        }
        return path
    }

    func act(_ path: String, _ action: JSONValue, headers: [(String, String)] = []) throws -> RawAnswer {
        try post(path + "/actions", action, headers: headers)
    }
}

/// An exchange report that a test may change.
final class TestReport: Sendable {
    private let report = Mutex(ExchangeReport())

    var value: ExchangeReport {
        get { report.withLock { $0 } }
        set { report.withLock { $0 = newValue } }
    }
}
