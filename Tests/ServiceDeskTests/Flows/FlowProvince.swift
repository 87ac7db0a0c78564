import Foundation
import Replication
import ServiceDesk
import Standards
import Testing

/// A province that works by the project's own standard.
enum FlowProvince {
    private static let pack = Result {
        let folder = SharedData.root.appendingPathComponent("Topology/standards/province").path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        let files = try names.map { name in
            PackFolder.File(name: name, bytes: try SharedData.projectBytes("Topology/standards/province/" + name))
        }
        return try DeskPack(PackFolder.check(files).document)
    }

    static func made() throws -> DeskProvince {
        let province = try DeskProvince(isReady: false)
        try province.publish(pack.get())
        try province.converge()
        return province
    }

    /// The project's standard with each ticket type corrected.
    static func changed(version: String, _ correct: (inout [String: Any]) -> Void) throws -> DeskPack {
        let parsed = try JSONSerialization.jsonObject(with: Data(pack.get().document))
        var object = try #require(parsed as? [String: Any])
        object["version"] = version
        var types = try #require(object["ticketTypes"] as? [[String: Any]])
        for place in types.indices { correct(&types[place]) }
        object["ticketTypes"] = types
        return try DeskPack(Array(JSONSerialization.data(withJSONObject: object, options: .sortedKeys)))
    }

    static func standard() throws -> StandardPack { try pack.get().pack }
}

extension DeskProvince {
    /// Takes a step, with what is filled in along with it.
    func take(
        _ step: String, _ ticket: EntityID, at site: DeskSite, _ fields: [String: Value] = [:]
    ) throws {
        try act(.transition(step, fields: fields), on: ticket, at: site)
    }

    func row(_ ticket: EntityID, at site: DeskSite) throws -> EntityRow {
        try site.desk(at: now).ticket(ticket.text)
    }

    func state(_ ticket: EntityID, at site: DeskSite) throws -> String { try row(ticket, at: site).state.stageName }

    func number(_ ticket: EntityID, at site: DeskSite) throws -> String {
        try row(ticket, at: site).state.creation?.label ?? ""
    }

    func steps(of ticket: EntityID, at site: DeskSite) throws -> TicketSteps {
        let row = try row(ticket, at: site)
        let (pack, type) = try site.desk(at: now).type(of: row)
        return TicketSteps(of: row.state, type: type, pack: pack)
    }
}
