import Node
import ServiceDesk
import Standards

/// What the commands do with a site's own data folder, in this process.
enum NodeCommands {
    /// Makes a hub's data folder: key, database, directory with every site of the topology, published pack.
    static func initialiseHub(
        data: String, topology: Topology, standard: [UInt8], listen: String?, site: String?
    ) throws -> ExitCode {
        if let site, site != topology.hub?.id {
            throw CommandError(
                .usage, "make hub \(site)", reason: "the topology's hub is \(topology.hub?.id ?? "missing")",
                remedy: "leave out --site, or correct the topology")
        }
        try explain("make a hub in \(data)") {
            let made = try HubSetup.initialise(
                Node.DataFolder(data), topology: topology, listen: listen ?? usualListen, document: standard)
            Terminal.say("\(made) is made in \(data). Run it: tributary hub run --data \(data)")
            Terminal.say("Keep its key at another place: tributary hub key --data \(data) --to FILE")
            try sayFirstLink(data: data)
        }
        return .done
    }

    /// The link that makes a site's first administrator, where the node's address is known before it runs.
    private static func sayFirstLink(data: String) throws {
        guard try address(data: data) != nil else {
            return Terminal.say(
                "Its first administrator, once it runs: tributary account invite --data \(data)")
        }
        let (path, url) = try firstLink(data: data)
        LinkLines.say(path, at: url, for: nil)
    }

    /// Makes the one-time link of an administrator in the folder of a site that is not running.
    /// - Returns: the link's path, and the address that the node will have; nil when that is chosen at its start.
    static func firstLink(data: String) throws -> (path: String, url: String?) {
        try explain("make a link for \(data)") {
            (try FirstLink.make(in: Node.DataFolder(data)), try address(data: data))
        }
    }

    /// Where a site will answer; nil when that is chosen at its start.
    private static func address(data: String) throws -> String? {
        let configuration = try NodeConfiguration(folder: Node.DataFolder(data))
        let (host, port) = try NodeConfiguration.address(configuration.listen)
        return port == 0 ? nil : "http://\(host == "0.0.0.0" ? "127.0.0.1" : host):\(port)"
    }

    /// Runs a site until SIGTERM, SIGINT or, if asked, the end of standard input.
    static func run(role: SiteRole, data: String, endsWithInput: Bool) throws -> ExitCode {
        try explain("run the \(role.rawValue) of \(data)") {
            let folder = Node.DataFolder(data)
            let configuration = try NodeConfiguration(folder: folder)
            guard configuration.isHub == (role == .hub) else {
                throw NodeError(
                    .badConfiguration, "\(data) holds a \(configuration.role).",
                    remedy: "Type: tributary \(configuration.isHub ? "hub" : "branch") run --data \(data)")
            }
            try NodeProcess.run(folder: folder, untilEndOfInput: endsWithInput)
        }
        return .done
    }

    /// Joins a branch to its hub and makes its data folder.
    static func joinBranch(
        hub: String, token: String, data: String, listen: String?, snapshot: String?
    ) throws -> ExitCode {
        try explain("join \(hub)") {
            let site = try Heartbeat.during { step in
                try BranchSetup.join(
                    Node.DataFolder(data), hub: hub, token: token, listen: listen ?? usualListen, snapshot: snapshot,
                    step: step)
            }
            Terminal.say("\(site) has joined. Run it: tributary branch run --data \(data)")
            if FirstLink.isNeeded(in: Node.DataFolder(data)) { try sayFirstLink(data: data) }
        }
        return .done
    }

    /// Tells a stopped branch where its hub is now.
    static func pointBranch(hub: String, data: String) throws -> ExitCode {
        try explain("point \(data) to \(hub)") {
            let (site, before) = try BranchSetup.point(Node.DataFolder(data), to: hub)
            Terminal.say("\(site) will call \(hub) in place of \(before). Run it: tributary branch run --data \(data)")
        }
        return .done
    }

    /// Of two databases of a branch this one is to be fed.
    static func keepBranch(data: String) throws -> ExitCode {
        try explain("keep \(data)") {
            let site = try BranchRescue.keep(Node.DataFolder(data))
            Terminal.say("\(site) goes on with this database. Run it: tributary branch run --data \(data)")
        }
        return .done
    }

    /// Looks for what an operator should know about a site: versions, modes, space, keys.
    static func doctor(data: String, asJSON: Bool) throws -> ExitCode {
        var remarks = try explain("examine \(data)") { try Doctor.examine(Node.DataFolder(data)) }
        remarks += DoctorRemarks.ofNode(in: data)
        if asJSON {
            let list = remarks.map { remark -> JSONValue in
                [
                    "subject": .string(remark.subject), "level": .string(remark.level.rawValue),
                    "text": .string(remark.text),
                ]
            }
            JSONText.say(["remarks": .array(list)])
        } else {
            for remark in remarks { Terminal.say("\(remark.level.rawValue)  \(remark.subject): \(remark.text)") }
        }
        return remarks.contains { $0.level == .wrong } ? .no : .done
    }

    /// Like `GET /api/verify`, on a folder whose node is stopped.
    static func verifyStopped(data: String, site: String?) throws -> JSONValue {
        try explain("verify \(data)") { try StoppedSite(Node.DataFolder(data)).verify(for: site) }
    }

    /// Like `GET /api/status`, on a folder whose node is stopped.
    static func statusOfStopped(data: String) throws -> JSONValue {
        try explain("look into \(data)") { try StoppedSite(Node.DataFolder(data)).status() }
    }

    /// Like `GET /api/incidents`, on a folder whose node is stopped.
    static func incidentsOfStopped(data: String, limit: Int) throws -> JSONValue {
        try explain("look into \(data)") { try StoppedSite(Node.DataFolder(data)).incidents(limit: limit) }
    }

    /// Like `GET /api/export/…`, on a folder whose node is stopped.
    static func exportOfStopped(
        data: String, _ query: ExportQuery, _ take: ([UInt8]) throws -> Void
    ) throws {
        try explain("export from \(data)") { try StoppedSite(Node.DataFolder(data)).export(query, take) }
    }

    /// Like `GET /api/export/…/map`, on a folder whose node is stopped.
    static func exportMapOfStopped(data: String, _ query: ExportQuery) throws -> JSONValue {
        try explain("make a map for \(data)") { try StoppedSite(Node.DataFolder(data)).exportMap(query) }
    }

    /// Loopback only, until people can sign in; the port is chosen when it starts.
    static let usualListen = "127.0.0.1:0"

    /// A sentence as part of another.
    private static func clause(_ sentence: String) -> String {
        sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    }

    /// Turns what a node throws into what a command says.
    static func explain<T>(_ operation: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as NodeError {
            let code: ExitCode =
                switch error.kind {
                case .unreachable: .unreachable
                case .refused, .unauthorised, .notFound, .notNow, .busy: .refused
                case .badFolder, .badConfiguration, .cannotListen, .readOnly, .badRequest: .usage
                }
            throw CommandError(code, operation, reason: Self.clause(error.message), remedy: Self.clause(error.remedy))
        } catch let error as DeskError {
            throw CommandError(
                .refused, operation, reason: Self.clause(error.message), remedy: Self.clause(error.remedy))
        } catch let error as CommandError {
            throw error
        } catch {
            throw CommandError(.usage, operation, reason: "\(error)", remedy: "correct that and try again")
        }
    }
}
