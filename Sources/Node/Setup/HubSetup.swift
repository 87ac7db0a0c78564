import Foundation
import Replication
import SQLite
import ServiceDesk
import Standards

/// Makes a hub: its folder, its key, its database, the directory of the province and the first standard.
public enum HubSetup {
    /// - Parameters:
    ///   - listen: address and port.
    ///   - document: the standard pack to publish, as JSON.
    /// - Returns: the hub's site.
    public static func initialise(
        _ folder: DataFolder, topology: Topology, listen: String, document: [UInt8]
    ) throws -> SiteID {
        guard let hub = topology.hub else {
            throw NodeError(
                .badConfiguration, "The topology has no hub.",
                remedy: "Check it: tributary "
                    + "topology check.")
        }
        _ = try NodeConfiguration.address(listen)
        let (pack, findings) = StandardPack.check(document, numbering: FieldNumbers.number)
        guard let pack else {
            throw NodeError(
                .badConfiguration,
                "The standard pack is not right: \(findings.prefix(5).map(\.description).joined(separator: "; "))",
                remedy: "Correct it and try again.")
        }
        try folder.create()
        let site = SiteID(hub.id)
        let key = Array(Secrets.hex(Secrets.random(bytes: 32)).utf8)
        try folder.replace(folder.hubKey, with: key)
        try folder.replace(folder.token, with: Array((Secrets.hex(Secrets.random(bytes: 16)) + "\n").utf8))
        let storage = try Storage(path: folder.database, migrations: { Site.migrations })
        defer { storage.close() }
        let now = SystemClock.wall()
        let domain = DeskDomain()
        let origin = Draws.origin()
        let epoch = Epoch(number: 1, random: Draws.number())
        try storage.writer.withDatabase { database in
            try database.transaction(.immediate) {
                let store = SiteStore(database, domain: domain, sealKey: key)
                try store.found(site: site, isHub: true, origin: origin, epoch: epoch)
                try Session.run(store) { session in
                    for place in topology.sites { try session.add(describe(place), actor: "hub init", at: now) }
                    let desk = Desk(
                        store, shelf: domain.shelf, actor: "hub init", now: now, letters: hub.ticketLetters)
                    _ = try desk.publish(pack, document: document, effective: nil, in: &session)
                }
            }
        }
        let configuration = NodeConfiguration(
            site: site, isHub: true, listen: listen, letters: hub.ticketLetters, name: hub.name,
            timeZone: "\(topology.province.timeZone)")
        // Before there is a gateway whoever tries the hub sees what it would say.
        var notices = NoticeSettings()
        notices.writesFile = true
        try notices.save(in: folder)
        // Last, so that a folder without it is one whose making was cut off.
        try folder.replace(folder.configuration, with: configuration.json.bytes(pretty: true) + [0x0A])
        return site
    }

    private static func describe(_ place: TopologySite) -> SiteDescription {
        SiteDescription(
            site: SiteID(place.id), isHub: place.role == .hub, nameZH: place.name.zh, nameEN: place.name.en,
            divisionCode: place.divisionCode, ticketLetters: place.ticketLetters)
    }
}
