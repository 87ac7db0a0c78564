import Foundation
import Standards
import Testing

@testable import tributary

/// A hub and some of the branches of Ningxia, each in a process of its own, each branch behind a line that can be cut.
final class TestProvince {
    static let hubSite = "nx-hub"

    let scratch: Scratch
    let hub: TestNode
    private(set) var branches: [String: TestNode] = [:]
    private var lines: [String: Relay] = [:]
    private var others: [TestNode] = []

    /// Makes a province, gives it to `body`, and ends it. If something is thrown, what the nodes said is told with it.
    /// - Parameter standard: the pack that it begins with; the small one beside the topology when nil.
    static func with(
        _ sites: [String], standard: String? = nil, _ body: (TestProvince) throws -> Void
    ) throws {
        let province = try TestProvince(standard: standard)
        defer { province.end() }
        do {
            try province.hub.start()
            for site in sites {
                try province.join(site)
                try province.branch(site).start()
            }
            // Before that a branch has no standard, and so no forms.
            try province.waitUntilLevel()
            try body(province)
        } catch {
            Issue.record("\(error)\n\(province.lastWords)")
            throw error
        }
    }

    private init(standard: String?) throws {
        scratch = try Scratch()
        hub = TestNode(.hub, folder: scratch.file("hub"))
        try Tool.done(
            [
                "hub", "init", "--data", hub.folder, "--topology", ProjectFiles.path("Topology/ningxia.json"),
                "--listen", "127.0.0.1:\(try FreePort.next())",
            ] + (standard.map { ["--standard", $0] } ?? []))
    }

    /// The short names are those of the cities.
    static func site(_ city: String) -> String { "nx-" + city }

    func branch(_ city: String) throws -> TestNode {
        guard let branch = branches[city] else { throw Failure("\(city) has not joined") }
        return branch
    }

    /// Cuts the line of a branch; connections are reset until it heals.
    func cut(_ city: String) throws { try line(city).cut() }

    func heal(_ city: String) throws { try line(city).heal() }

    private func line(_ city: String) throws -> Relay {
        guard let line = lines[city] else { throw Failure("\(city) has no line") }
        return line
    }

    /// A one-time token for a site.
    func token(_ city: String) throws -> String {
        try hub.post("/api/sites/\(Self.site(city))/token", [:]).text("token")
    }

    /// Joins a branch through a line of its own, the one that it had before if it joins anew; it is not started.
    func join(_ city: String, snapshot: String? = nil) throws {
        let line = try lines[city] ?? Relay(upstreamPort: hub.client.port)
        let node = TestNode(.branch, folder: scratch.file(city))
        lines[city] = line
        branches[city] = node
        try Tool.done(
            [
                "branch", "join", "--hub", "http://127.0.0.1:\(line.port)", "--token", try token(city), "--data",
                node.folder, "--listen", "127.0.0.1:0",
            ] + (snapshot.map { ["--snapshot", $0] } ?? []))
    }

    /// A node on another folder, ended with the province.
    func adopt(_ node: TestNode) -> TestNode {
        others.append(node)
        return node
    }

    private func end() {
        for node in [hub] + branches.values + others { node.end() }
        for line in lines.values { line.close() }
    }

    private var lastWords: String {
        ([hub] + branches.keys.sorted().compactMap { branches[$0] } + others).map { node in
            "--- \(URL(fileURLWithPath: node.folder).lastPathComponent)\n\(node.lastWords)"
        }.joined(separator: "\n")
    }
}
