import Glibc
import Standards
import Synchronization

/// One site of the demo's province: its data folder, its node's process and its line.
final class ProvinceSite: Sendable {
    static let startSeconds = 20.0
    static let endSeconds = 5.0

    private struct State {
        var child: ChildProcess?
        var client: NodeClient?
    }

    let place: TopologySite
    let data: String
    /// Who works there.
    let clerk: String
    private let program: String
    private let log: String
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
    /// As the story calls it.
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
                throw CommandError(.no, "speak with \(id)", reason: "it does not run", remedy: "look into \(log)")
            }
            return client
        }
    }

    /// Runs a command of the same program that ends by itself.
    func command(_ arguments: [String]) throws -> ChildProcess {
        try ChildProcess(program, arguments, log: log)
    }

    /// Starts the node's process.
    func start() throws {
        let child = try command([place.role.rawValue, "run", "--data", data, "--until-eof"])
        state.withLock { $0 = State(child: child, client: nil) }
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
    func kill() { state.withLock { $0.child?.kill() } }

    /// Asks the node to end.
    func askToEnd() { state.withLock { $0.child?.askToEnd() } }

    /// Waits for its end.
    ///
    /// - Returns: whether it ended by itself.
    func finish() -> Bool { state.withLock { $0.child?.finish(seconds: Self.endSeconds) ?? true } }

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
