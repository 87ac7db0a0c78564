import Glibc
import Standards
import Synchronization

/// One site of a province on this machine: its data folder, its node's process and its line.
final class ProvinceSite: Sendable {
    static let startSeconds = 20.0
    static let endSeconds = 5.0

    private struct State {
        var child: ChildProcess?
        var client: NodeClient?
        /// The node was killed here and not started since.
        var isKilled = false
        /// Commands that end by themselves.
        var commands: [ChildProcess] = []
        /// Nothing is started any more.
        var isEnding = false

        var processes: [ChildProcess] { commands + (child.map { [$0] } ?? []) }
    }

    let place: TopologySite
    let data: String
    /// Who works there.
    let clerk: String
    private let program: String
    /// What its processes wrote to standard output and error, start after start.
    let log: String
    private let relayInUse = Mutex<Relay?>(nil)
    private let state = Mutex(State())

    init(_ place: TopologySite, in folder: ScratchFolder, program: String, clerk: String) {
        self.place = place
        self.program = program
        self.clerk = clerk
        data = folder.file(place.id)
        log = folder.file(place.id + ".log")
    }

    var id: String { place.id }
    /// As lines for the operator call it.
    var name: String { place.role == .hub ? "the hub" : place.name.en }

    /// The line to the hub; a branch has one once it has been connected.
    var relay: Relay? {
        get { relayInUse.withLock { $0 } }
        set { relayInUse.withLock { $0 = newValue } }
    }

    /// Speaks with the node. Only after `waitUntilServing`.
    var client: NodeClient {
        get throws {
            guard let client = state.withLock({ $0.client }) else {
                throw CommandError(
                    .unreachable, "speak with \(id)", reason: "it does not run", remedy: "look into \(log)")
            }
            return client
        }
    }

    /// Runs a command of the same program that ends by itself.
    func command(_ arguments: [String]) throws -> ChildProcess {
        try state.withLock { state in
            let command = try spawn(arguments, state)
            state.commands.append(command)
            return command
        }
    }

    /// Starts the node's process.
    func start() throws {
        try state.withLock { state in
            state.child = try spawn([place.role.rawValue, "run", "--data", data, "--until-eof"], state)
            state.client = nil
            state.isKilled = false
        }
    }

    private func spawn(_ arguments: [String], _ state: State) throws -> ChildProcess {
        guard !state.isEnding else {
            throw CommandError(.interrupted, "start \(id)", reason: "the province is ending", remedy: "start it again")
        }
        return try ChildProcess(program, arguments, log: log)
    }

    /// Waits until the node answers.
    func waitUntilServing() throws {
        guard let child = state.withLock({ $0.child.map(\.processID) }) else { return }
        let folder = DataFolder(path: data)
        let client = try Patience.wait("\(id) serves", seconds: Self.startSeconds) { () -> NodeClient? in
            try failIfEnded()
            // A killed node leaves its file behind, so the process must be the new one.
            guard let running = folder.running(), running.processID == child else { return nil }
            let address = try NodeAddress(running.url, token: try folder.token())
            let client = NodeClient(address, actor: clerk)
            return try client.get("/healthz", deadlineSeconds: 5).status == 200 ? client : nil
        }
        state.withLock { $0.client = client }
    }

    /// Kills the process as a power cut would.
    func kill() {
        state.withLock { state in
            // Its port may be given to another process at once.
            state.client = nil
            state.isKilled = true
            state.child?.kill()
        }
    }

    /// The node's process, or nil when none runs.
    var processID: Int32? {
        state.withLock { state in state.child.flatMap { $0.isRunning ? $0.processID : nil } }
    }

    /// Whether the node's process has ended though nobody has killed it or asked it to end.
    var hasDied: Bool {
        state.withLock { state in
            guard let child = state.child, !state.isKilled, !state.isEnding else { return false }
            return !child.isRunning
        }
    }

    /// Asks every process of the site to end, and starts none any more.
    func askToEnd() {
        state.withLock { state in
            state.isEnding = true
            for process in state.processes { process.askToEnd() }
        }
    }

    /// Waits for their end.
    ///
    /// - Returns: whether they ended by themselves.
    func finish() -> Bool {
        state.withLock { state in
            state.processes.reduce(true) { $1.finish(seconds: Self.endSeconds) && $0 }
        }
    }

    /// What the node says of itself.
    func status() throws -> JSONValue { try client.get("/api/status").json }

    private func failIfEnded() throws {
        let lines = state.withLock { state -> [String]? in
            guard let child = state.child, !child.isRunning else { return nil }
            return child.lastLines()
        }
        guard let lines else { return }
        throw CommandError(.no, "run \(id)", reason: "its process ended", remedy: "look into \(log)", details: lines)
    }
}
