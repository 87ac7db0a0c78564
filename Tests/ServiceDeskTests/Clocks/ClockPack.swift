import Foundation
import Standards
import Testing

/// The first standard with clocks: a complaint is answered within 2 hours and solved within 24, of which regulation
/// gives 48; an enquiry is solved within 5 working days.
enum ClockPack {
    static let hour: Int64 = 3_600_000

    /// A province that works by it.
    static func province() throws -> DeskProvince {
        let province = try DeskProvince()
        try province.publish(made())
        try province.converge()
        return province
    }

    static func limit(
        _ id: String, _ clock: String, _ type: String, _ limit: [String: Any], source: String = "province",
        hoursField: String? = nil
    ) -> [String: Any] {
        var rule: [String: Any] = [
            "id": id, "name": ["zh": "时限", "en": "Limit"], "clock": clock, "types": [type], "source": source,
            "reference": "a test", "confidence": "verified",
        ]
        if let hoursField { rule["hoursField"] = hoursField } else { rule["limit"] = limit }
        return rule
    }

    static func hours(_ value: Int) -> [String: Any] { ["unit": "naturalHours", "value": value] }

    static func year(_ year: Int, holidays: [String]) -> [String: Any] {
        ["year": year, "source": "a test", "holidays": holidays, "makeUpWorkdays": [String]()]
    }

    /// - Parameters:
    ///   - solution: hours for a complaint.
    ///   - years: of the calendar.
    ///   - more: limits beside.
    static func made(
        version: String = "2026.5", solution: Int = 24,
        years: [[String: Any]] = [year(2026, holidays: ["2026-10-01", "2026-10-02"])],
        more: [[String: Any]] = []
    ) throws -> DeskPack {
        try .changed(version: version) { object in
            object["format"] = 2
            object["pauseReasons"] = ["customer", "thirdParty", "parts", "weather", "power", "permit"].map { id in
                [
                    "id": id, "name": ["zh": "原因", "en": "Reason"],
                    "stops": id == "customer" ? ["solution", "update"] : [String](),
                ] as [String: Any]
            }
            var types = try #require(object["ticketTypes"] as? [[String: Any]])
            types[0]["pauseField"] = "holdReason"
            let fields = try #require(types[0]["fields"] as? [[String: Any]])
            let contract: [String: Any] = [
                "id": "contractHours", "name": ["zh": "合同时限", "en": "Contract hours"], "kind": "integer",
            ]
            types[0]["fields"] = fields + [contract]
            object["ticketTypes"] = types
            object["calendar"] = [
                "years": years,
                "shifts": [["from": "08:30", "to": "12:00"], ["from": "14:00", "to": "18:00"]],
            ]
            object["limits"] =
                [
                    limit("answer", "response", "complaint", hours(2)),
                    limit("law", "solution", "complaint", hours(48), source: "regulation"),
                    limit("ours", "solution", "complaint", hours(solution)),
                    limit("contract", "solution", "complaint", [:], source: "contract", hoursField: "contractHours"),
                    limit("quiet", "update", "complaint", hours(4)),
                    limit("enquiry", "solution", "enquiry", ["unit": "workingDays", "value": 5]),
                ] + more
        }
    }
}
