import Foundation
import Glibc
import Standards

/// What happens to disks.
extension TestProvince {
    /// The hub's address stays the same through every loss.
    var hubAddress: String { "127.0.0.1:\(hub.client.port)" }

    /// Exports the hub key, as an operator does at installation.
    func exportKey() throws -> String {
        let file = scratch.file("hub.key")
        try Tool.done(["hub", "key", "--data", hub.folder, "--to", file])
        return file
    }

    /// Enters a standby in the directory, joins it through a line of its own, and starts it.
    func joinStandby() throws -> TestNode {
        try Tool.done(["hub", "standby", "nx-standby", "--data", hub.folder])
        try join("standby")
        let standby = try branch("standby")
        try standby.start()
        return standby
    }

    /// Kills a node in mid-work, and its disk is gone.
    func destroy(_ node: TestNode) throws {
        try node.kill()
        try FileManager.default.removeItem(atPath: node.folder)
    }

    /// Puts another database into a stopped node's folder, side file and all if asked.
    func putBack(_ backup: String, into node: TestNode, withSideFile: Bool) throws {
        for name in ["tributary.db", "tributary.db-wal", "tributary.db-shm"] + (withSideFile ? ["starts"] : []) {
            try? FileManager.default.removeItem(atPath: "\(node.folder)/\(name)")
            guard FileManager.default.fileExists(atPath: "\(backup)/\(name)") else { continue }
            try Scratch.copy("\(backup)/\(name)", to: "\(node.folder)/\(name)")
        }
    }

    /// Waits until the hub knows enough to judge and decide again.
    func waitUntilReigning() throws {
        try Moment.wait(for: "the hub to have gathered") { try hub.status().value("gathering") == false }
    }

    /// Every ticket of a branch, whole, with its timeline.
    func tickets(at city: String) throws -> [JSONValue] {
        let branch = try branch(city)
        return try branch.tickets().map { try branch.ticket($0.text("id")) }.sorted { $0.text() < $1.text() }
    }

    /// Ends what a page of the runbook has started.
    func endStarted() {
        for name in ["hub", "hub-new", "standby"] + branches.keys.sorted() {
            let run = try? JSONValue(parsing: Scratch.text(of: scratch.file(name) + "/run.json"), sizeLimit: 1 << 16)
            if let pid = run?["pid"]?.intValue.flatMap({ Int32(exactly: $0) }), pid > 1 { kill(pid, SIGKILL) }
        }
    }

    /// Lines of the file by which the hub pays.
    func payments() -> [String] {
        Scratch.text(of: hub.folder + "/payments.jsonl").split(separator: "\n").map(String.init)
    }

    /// Asks for a refund on a ticket and returns the request's name.
    func requestRefund(_ charge: String, on ticket: String, at node: TestNode) throws -> String {
        try node.act(
            ticket,
            ["action": "requestRefund", "charge": .string(charge), "amountFen": 3_600, "reason": "重复扣费"])
        var name: String?
        try Moment.wait(for: "the request to reach the hub") {
            name = try hub.get("/api/decisions").list("decisions").first { $0["ticket"] == .string(ticket) }?
                .text("request")
            return name != nil
        }
        guard let name else { throw Failure("no request") }
        return name
    }

    func decide(_ request: String) throws -> WebAnswer {
        try hub.call(
            "POST", "/api/decisions",
            ["request": .string(request), "outcome": "granted", "reason": "核实无误"], actor: "supervisor")
    }

    /// Grants a refund and waits until it is paid.
    func grant(_ request: String) throws {
        let before = payments().count
        guard try decide(request).status == 200 else { throw Failure("not decided") }
        try Moment.wait(for: "the refund to be paid") { payments().count == before + 1 }
    }
}
