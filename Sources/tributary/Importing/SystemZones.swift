import Foundation
import Standards

/// The system's time zones, for the import map: the core may not ask for them itself.
struct SystemZones: ZoneRules {
    private let zone: TimeZone

    /// Finds a zone by its IANA name, such as `America/New_York`.
    static let lookup: ZoneLookup = { name in
        // Foundation also knows abbreviations such as EST, which mean different zones to different people.
        guard name.contains("/") || name == "UTC", let zone = TimeZone(identifier: name) else { return nil }
        return SystemZones(zone: zone)
    }

    func offsetSeconds(at instantSeconds: Int64) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instantSeconds)))
    }
}
