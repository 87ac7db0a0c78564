import Standards

/// What the commands do with a site's own data folder, in this process.
enum NodeCommands {
    /// Makes a hub's data folder: key, database, directory with every site of the topology, published pack.
    static func initialiseHub(
        data: String, topology: Topology, standard: [UInt8], listen: String?, site: String?
    ) throws -> ExitCode {
        throw absent("make a hub")
    }

    /// Runs a site until SIGTERM, SIGINT or, if asked, the end of standard input.
    static func run(role: SiteRole, data: String, endsWithInput: Bool) throws -> ExitCode {
        throw absent("run a \(role.rawValue)")
    }

    /// Joins a branch to its hub and makes its data folder.
    static func joinBranch(hub: String, token: String, data: String, listen: String?) throws -> ExitCode {
        throw absent("join a hub")
    }

    /// Looks for what an operator should know about a site: versions, modes, space, keys.
    static func doctor(data: String, asJSON: Bool) throws -> ExitCode {
        throw absent("examine a site")
    }

    /// Like `GET /api/verify`, on a folder whose node is stopped.
    static func verifyStopped(data: String, site: String?) throws -> JSONValue {
        throw absent("verify a stopped site")
    }

    /// Like `GET /api/status`, on a folder whose node is stopped.
    static func statusOfStopped(data: String) throws -> JSONValue {
        throw absent("look into a stopped site")
    }

    private static func absent(_ operation: String) -> CommandError {
        CommandError(.usage, operation, reason: "this build has no node", remedy: "use a complete build")
    }
}
