import Foundation
import Standards

/// A province on one machine: a hub and its branches as processes of their own, each branch behind a line of its own.
final class Province: Sendable {
    static let branchesMax = 24
    private static let commandSeconds = 30.0
    private static let settleSeconds = 30.0
    private static let clerks = ["王芳", "马强", "李娜", "杨军", "刘洋", "陈静", "赵磊", "黄敏"]

    let topology: Topology
    let hub: ProvinceSite
    let branches: [ProvinceSite]
    private let topologyPath: String

    /// - Parameters:
    ///   - topologyPath: the province; its standard pack lies beside it.
    ///   - program: what every node's process runs.
    init(topologyPath: String, in folder: ScratchFolder, program: String) throws {
        topology = try DocumentFile.read(
            topologyPath, "the topology", limit: Topology.sizeLimit, check: Topology.check)
        self.topologyPath = topologyPath
        guard let hubPlace = topology.hub, (3...Self.branchesMax).contains(topology.branches.count) else {
            throw CommandError(
                .usage, "use \(topologyPath)",
                reason: "a province on one machine has 3 to \(Self.branchesMax) branches",
                remedy: "give another topology")
        }
        hub = ProvinceSite(hubPlace, in: folder, program: program, clerk: "省中心 周敏")
        branches = topology.branches.enumerated().map { index, place in
            let clerk = "\(place.name.zh) \(Self.clerks[index % Self.clerks.count])"
            return ProvinceSite(place, in: folder, program: program, clerk: clerk)
        }
    }

    var sites: [ProvinceSite] { [hub] + branches }

    /// Makes every site and starts it; returns when every branch is connected and has the standard pack.
    func start() throws {
        try hub.command(["hub", "init", "--data", hub.data, "--topology", topologyPath, "--listen", "127.0.0.1:0"])
            .waitForSuccess("make the hub", seconds: Self.commandSeconds)
        try hub.start()
        try hub.waitUntilServing()
        let joining = try branches.map { branch in (branch, try join(branch)) }
        for (branch, child) in joining {
            try child.waitForSuccess("join \(branch.id)", seconds: Self.commandSeconds)
        }
        for branch in branches { try branch.start() }
        for branch in branches { try branch.waitUntilServing() }
        for branch in branches { try waitUntilConnected(branch) }
    }

    /// Starts a node that was killed; returns when it serves. Where the hub has moved, the lines lead to it again.
    func revive(_ site: ProvinceSite) throws {
        try site.start()
        try site.waitUntilServing()
        guard site === hub else { return }
        let port = try hub.client.address.socket.port
        for branch in branches { try branch.relay?.redirect(upstreamPort: port) }
    }

    /// Waits until nothing is on its way anywhere and every branch's digest equals the hub's for that branch.
    ///
    /// - Parameter seconds: how long each branch is given.
    func waitUntilAgreed(seconds: Double) throws {
        for branch in branches {
            try Patience.wait(until: "\(branch.id) and the hub hold the same", seconds: seconds) {
                guard try branch.status()["backlog"]?.intValue == 0 else { return false }
                let here = try branch.client.get("/api/verify").json
                let there = try hub.client.get("/api/verify", [("site", branch.id)]).json
                return here["digest"]?.stringValue != nil && here["digest"] == there["digest"]
            }
        }
    }

    /// The standard pack beside the topology, as `hub init` finds it.
    func pack() throws -> StandardPack {
        let folder = topologyPath.lastIndex(of: "/").map { String(topologyPath[...$0]) } ?? ""
        return try DocumentFile.read(
            folder + "standards/first.json", "the standard pack", limit: StandardPack.sizeLimit,
            check: StandardPack.check)
    }

    /// Waits until a branch exchanges with the hub and has the standard pack.
    func waitUntilConnected(_ branch: ProvinceSite) throws {
        try Patience.wait(until: "\(branch.id) is connected", seconds: Self.settleSeconds) {
            let status = try branch.status()
            return status["exchange"]?["phase"]?.stringValue == "open" && status["standard"]?["digest"] != nil
        }
    }

    /// Ends every process, in order where they let themselves be asked.
    ///
    /// - Returns: the sites that had to be killed.
    @discardableResult
    func stop() -> [String] {
        let parting = branches + [hub]
        for site in parting { site.askToEnd() }
        let stubborn = parting.filter { !$0.finish() }.map(\.id)
        for branch in branches { branch.relay?.close() }
        return stubborn
    }

    private func join(_ branch: ProvinceSite) throws -> ChildProcess {
        let relay = try Relay(upstreamPort: hub.client.address.socket.port)
        let latency = branch.place.link?.latencyMilliseconds ?? 0
        relay.delay(toHub: latency, toBranch: latency)
        branch.relay = relay
        let answer = try hub.client.post("/api/sites/\(NodeClient.segment(branch.id))/token")
        guard let token = answer.json["token"]?.stringValue else {
            throw CommandError(.no, "invite \(branch.id)", reason: "the hub gave no token", remedy: "look into its log")
        }
        return try branch.command([
            "branch", "join", "--hub", "http://127.0.0.1:\(relay.port)", "--token", token, "--data", branch.data,
            "--listen", "127.0.0.1:0",
        ])
    }
}
