import Glibc
import Standards
import Testing

extension TestProvince {
    static let branchesOfFlows = ["yinchuan", "wuzhong"]

    /// A province that works by the project's own standard, with two branches.
    static func withStandard(_ body: (TestProvince) throws -> Void) throws {
        try with(branchesOfFlows, standard: ProjectFiles.path("Topology/standards/province"), body)
    }

    /// Cuts the line of a branch and waits until it has noticed.
    func cutOff(_ city: String) throws {
        try cut(city)
        let branch = try branch(city)
        try Moment.wait(for: "\(city) to notice that its line is down") {
            try branch.status().text("exchange", "phase") != "open"
        }
    }

    /// Heals every line and waits until all know the same.
    func bringTogether() throws {
        for city in Self.branchesOfFlows { try heal(city) }
        try waitUntilEqual()
    }

    /// The hub and both branches show one and the same of a ticket.
    /// - Returns: what they show.
    @discardableResult
    func oneResult(of ticket: String, in state: String) throws -> JSONValue {
        let places = try [hub] + Self.branchesOfFlows.map(branch)
        let shown = try places.map { try $0.ticket(ticket) }
        #expect(try shown[0].text("state") == state)
        for member in [
            "number", "type", "state", "home", "owner", "fields", "sets", "department", "steps", "review", "standard",
            "refused", "openConflicts",
        ] {
            for (place, other) in zip(places, shown).dropFirst() {
                #expect(other[member] == shown[0][member], "\(member) at \(place.folder)")
            }
        }
        #expect(try shown[0].list("refused").isEmpty)
        return shown[0]
    }

    /// Milliseconds since 1970, hours from now.
    static func time(hours: Int) -> Int { (Glibc.time(nil) + hours * 3_600) * 1_000 }
}
