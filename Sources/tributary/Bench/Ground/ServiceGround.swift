import Foundation
import Node
import Replication
import ServiceDesk
import Simulator

/// A hub and a branch that work by the project's own standard, both open in this process.
final class ServiceGround {
    let branch: Site
    private let hub: Site
    private let standard: ProvinceStandard
    private var line: BootstrapLine
    private var turns = 0

    init(_ bench: Bench) throws {
        let ground = try bench.province()
        standard = try ProvinceStandard(program: bench.program)
        hub = try ground.open(ground.copy(ground.file(Ground.hub)))
        branch = try ground.open(ground.copy(ground.file(Ground.branch)))
        line = BootstrapLine(branch, hub)
        try turnCalendar()
    }

    func close() {
        branch.storage.close()
        hub.storage.close()
    }

    /// The hub publishes the standard with another calendar, and the branch hears of it.
    func turnCalendar() throws {
        turns += 1
        try standard.publish(at: hub, turn: turns)
        try line.fetchAll()
    }

    /// Faults, complaints and enquiries, taken at the branch; of the faults every second is accepted and dispatched.
    /// - Returns: their identifiers.
    func open(_ count: Int) throws -> [EntityID] {
        let identifiers = try open((0..<count).map { Self.form($0) })
        let faults = identifiers.indices.filter { $0.isMultiple(of: 4) }.map { identifiers[$0] }
        try act(.transition("accept", fields: [:]), on: faults)
        try act(.transition("dispatch", fields: ["assignedTeam": .text("3")]), on: faults)
        return identifiers
    }

    /// Faults that nobody has accepted yet.
    func openFaults(_ count: Int) throws -> [EntityID] { try open((0..<count).map { Self.form(4 * $0) }) }

    private func open(_ forms: [NewTicket]) throws -> [EntityID] {
        var random = SplitMix64(seed: 29)
        let identifiers = forms.indices.map { number in
            EntityID(kind: .ticket, high: UInt64(1_790_000_000_000 + number) << 16, low: random.next())
        }
        try BenchClerk(site: branch).open(forms, as: identifiers.map(\.bytes))
        return identifiers
    }

    /// Does the same with many tickets, a thousand to a transaction.
    func act(_ action: ServiceDesk.TicketAction, on tickets: [EntityID]) throws {
        for range in Batches.of(BenchClerk.batch, covering: tickets.count) {
            let (part, site) = (Array(tickets[range]), branch)
            try site.perform("bench") { session, now in
                let desk = site.desk(session.store, actor: "bench", now: now)
                for ticket in part { _ = try desk.act(action, on: ticket.text, shown: nil, key: nil, in: &session) }
            }
        }
    }

    static func form(_ number: Int, home: String = Ground.branch) -> NewTicket {
        let type = ["fault", "complaint", "fault", "enquiry"][number % 4]
        var fields: [String: Value] = [
            "subject": .text("line \(number) is out of order"), "isRural": .bool(number.isMultiple(of: 3)),
            "customerGrade": .text(["diamond", "gold", "silver", "ordinary"][number / 4 % 4]),
        ]
        if type == "fault" { fields["product"] = .text(["fixed", "broadband"][number / 8 % 2]) }
        return NewTicket(type: type, home: SiteID(home), fields: fields)
    }
}
