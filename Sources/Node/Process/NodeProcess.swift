import Dispatch
import Foundation
import Glibc
import HTTP
import Replication
import SQLite
import Standards
import Synchronization

/// A node from start to stop: lock, site, agents, server.
public final class NodeProcess: Sendable {
    /// Seconds that requests in flight are given at a stop.
    public static let shutdownSeconds = 5.0

    /// How long a start waits for the folder: a command that looks into a stopped site has it for a moment, and must
    /// not keep the site from starting.
    static let lockMilliseconds: Int64 = 2_000

    public let site: Site
    private let lock: LockFile
    private let server: Server
    private let api: APIRoutes
    private let branch: BranchAgent?
    private let hub: HubAgent?
    private let outbox: OutboxSender?
    private let notices: NoticeSender?
    private let events: EventDelivery
    private let housekeeping: Housekeeping

    public init(folder: DataFolder) throws {
        let configuration = try NodeConfiguration(folder: folder)
        lock = try Self.lock(folder, configuration.site)
        let site = try Site(folder: folder)
        self.site = site
        housekeeping = Housekeeping(site: site)
        events = EventDelivery(site: site)
        var routes: [Route] = []
        if configuration.isHub {
            let agent = HubAgent(site: site)
            hub = agent
            branch = nil
            outbox = OutboxSender(site: site)
            notices = .withLinks(site)
            routes += ExchangeRoutes(site: site, agent: agent).routes()
        } else {
            hub = nil
            outbox = nil
            notices = nil
            branch = BranchAgent(
                site: site,
                client: HubClient(hub: configuration.hub ?? "", credential: configuration.credential ?? ""))
        }
        let report: @Sendable () -> ExchangeReport = { [hub, branch] in Self.report(hub, branch, site) }
        let listening = try Self.listening(configuration)
        api = APIRoutes(
            site: site,
            events: EventLimits(streams: configuration.eventStreams, connectionsMax: listening.connectionsMax),
            status: report)
        routes +=
            api.routes() + TroubleTicketAPI(site: site).routes() + OpenAPIRoutes(site: site).routes()
            + PageRoutes().routes
        let note = ServerNotes(log: site.log)
        server = Server(
            configuration: listening, handler: TroubleTicketFront(Router(routes)),
            onEvent: { note.take($0) })
    }

    private static func lock(_ folder: DataFolder, _ site: SiteID) throws -> LockFile {
        let end = SystemClock.steady() + lockMilliseconds
        while true {
            do {
                return try LockFile(path: folder.lock, name: site.text)
            } catch let error as SQLiteError where error.kind == .locked {
                guard SystemClock.steady() >= end else {
                    usleep(20_000)
                    continue
                }
                throw NodeError(.busy, error.message, remedy: "Stop that process, or use another folder.")
            }
        }
    }

    private static func listening(_ configuration: NodeConfiguration) throws -> Server.Configuration {
        var listening = Server.Configuration()
        (listening.host, listening.port) = try NodeConfiguration.address(configuration.listen)
        Descriptors.fit(&listening, to: Descriptors.raise())
        return listening
    }

    private static func report(_ hub: HubAgent?, _ branch: BranchAgent?, _ site: Site) -> ExchangeReport {
        var report = ExchangeReport()
        report.measured = site.clock.isMeasured
        report.wallOffsetMilliseconds = site.clock.wallOffset()
        report.lastError = site.contradiction
        report.contradiction = site.contradiction
        report.superseded = hub?.superseded() ?? []
        if site.contradiction != nil { report.phase = "\(BranchExchange.Phase.stopped)" }
        if let branch {
            let state = branch.report()
            report.phase = "\(state.phase)"
            report.lastHeard = state.lastHeard
            report.lastError = state.lastError ?? site.contradiction
            // Whoever sets the clock meanwhile sees it at once.
            report.offsetMilliseconds = report.measured ? site.clock.wallOffset() : 0
            report.isSuperseded = state.isSuperseded
        }
        for (sender, latency) in hub?.latencies() ?? [:] {
            guard let p50 = latency.quantile(perMille: 500), let p95 = latency.quantile(perMille: 950) else { continue }
            report.latency[sender] = .init(p50: p50, p95: p95, samples: latency.count)
        }
        return report
    }

    /// Begins to serve and to exchange.
    /// - Returns: the URL of the API.
    public func start() throws -> String {
        let port = try server.start()
        let host = site.configuration.listen.split(separator: ":").first.map(String.init) ?? "127.0.0.1"
        let url = "http://\(host):\(port)"
        let run: JSONValue = [
            "url": .string(url), "pid": .integer(Int64(getpid())), "site": .string(site.configuration.site.text),
            "start": .integer(Int64(site.start)),
        ]
        try site.folder.replace(site.folder.run, with: run.bytes() + [0x0A])
        branch?.begin()
        outbox?.look()
        notices?.look()
        events.look()
        housekeeping.begin()
        site.jobs.begin()
        site.log.line("node", "start \(site.start) serves \(url)")
        return url
    }

    /// Finishes what is in flight, then closes.
    public func stop() {
        housekeeping.end()
        site.jobs.close()
        branch?.close()
        let done = DispatchSemaphore(value: 0)
        hub?.close()
        api.close()
        events.close()
        notices?.close()
        let rest = DispatchTime.now() + max(Self.shutdownSeconds, NoticeSender.attemptSeconds + 1)
        server.shutdown(deadlineSeconds: Self.shutdownSeconds) { _ in done.signal() }
        done.wait()
        // What is cut off in between is uncertain, and a person has to decide about it.
        notices?.waitForRest(until: rest)
        site.storage.close()
        site.folder.remove(site.folder.run)
        site.log.line("node", "stopped")
        lock.release()
    }

    /// Runs a node until it is told to stop.
    /// - Parameter untilEndOfInput: stop also when standard input ends, so that no child outlives its parent.
    public static func run(folder: DataFolder, untilEndOfInput: Bool) throws {
        signal(SIGPIPE, SIG_IGN)
        let process = try NodeProcess(folder: folder)
        let stop = DispatchSemaphore(value: 0)
        let sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { stop.signal() }
            source.resume()
            return source
        }
        if untilEndOfInput {
            Thread.detachNewThread {
                Self.readToEndOfInput()
                stop.signal()
            }
        }
        let url = try process.start()
        process.welcome(at: url)
        stop.wait()
        process.stop()
        withExtendedLifetime(sources) {}
    }

    /// While nobody has an account, whoever has started the node at a terminal is shown how to make the first one. What
    /// is written elsewhere may be kept by others, and must not hold a link.
    private func welcome(at url: String) {
        guard (try? site.storage.read { try AccessTables($0).accounts().isEmpty }) ?? false else { return }
        let command = "tributary account invite --data \(site.folder.path)"
        guard isatty(STDOUT_FILENO) == 1 else {
            return site.log.line("node", "nobody has an account here yet; make the first one: \(command)")
        }
        site.changeAccess("first link") { [site] tables in
            let origin = try site.store(tables.database).life().origin
            return (try tables.invite(nil, origin: origin, at: SystemClock.wall()), [])
        } completion: { result in
            guard let key = try? result.get() else { return }
            print("Nobody has an account here yet. Make the first one within a day, by this link:")
            print("  \(url)\(Invitation.path(key, nil))")
        }
    }

    /// Reads and drops what comes. By hand: Foundation's reading traps when a signal interrupts it.
    private static func readToEndOfInput() {
        var buffer = [UInt8](repeating: 0, count: 512)
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count == 0 || (count < 0 && errno != EINTR) { return }
        }
    }
}
