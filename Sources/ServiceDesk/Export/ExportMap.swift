import Replication
import SQLite
import Standards

/// The import map that brings an export of tickets or timelines in again, on a province that does not have them.
///
/// It names every column that a ticket can be made of. What only this province can know is left behind: when a row was
/// last changed here, which site has heard of it, an offer that waits for an answer, conflicts and decisions.
public enum ExportMap {
    /// How the exporter writes times.
    static let timeFormat = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"
    /// The source of every ticket that comes in by such a map.
    public static let source = "tributary"

    /// - Parameter query: tickets or timelines; only the subject, the format and the type play a part.
    /// - Returns: a map that ``ImportMap/check(_:zones:)`` takes.
    /// - Throws: ``DeskError`` for other subjects, and when the forms of several types cannot be told apart in one map.
    public static func json(
        _ query: ExportQuery, in store: SiteStore, shelf: PackShelf, at milliseconds: Int64
    ) throws -> JSONValue {
        guard query.subject == .tickets || query.subject == .timelines else {
            throw DeskError(
                .invalid, "The \(query.subject.rawValue) of a province are its past and are not imported.",
                remedy: "Ask for a map with tickets or timelines.")
        }
        let layout = try ExportLayout(of: query.tickets.type, in: store, shelf: shelf, at: milliseconds)
        let branches = try store.directory().filter(\.isBranch).map(\.site.text)
        guard !branches.isEmpty else {
            throw DeskError(
                .notFound, "The directory names no branch.", remedy: "Wait for the first exchange with the hub.")
        }
        try check(layout)
        var map: [String: JSONValue] = [
            "format": 1, "source": .string(source), "key": exact(Fixed.id), "type": exact(Fixed.type),
            "identity": identity, "restore": exact(Fixed.sourceColumns),
            "home": home(query.subject == .timelines ? OfChange.homeNow.rawValue : Fixed.home.rawValue, branches),
            "fields": .object(fields(layout)),
            "customer": [
                "id": exact(Fixed.customerID), "name": exact(Fixed.customerName), "phone": exact(Fixed.customerPhone),
            ],
            "others": "drop", "personal": .array(personal(layout).map { .string($0) }),
        ]
        if query.format == .csv { map["defused"] = true }
        if query.subject == .timelines { map["events"] = events }
        return .object(map)
    }

    private typealias Fixed = ExportLayout.Fixed
    private typealias OfChange = ExportLayout.OfChange

    private static func check(_ layout: ExportLayout) throws {
        if let column = layout.forms.first(where: \.isAmbiguous) {
            throw DeskError(
                .invalid,
                "The field \(column.form.id) is of another kind in \(column.types.joined(separator: " than in ")).",
                remedy: "Export one type at a time, with a map each.")
        }
        guard fields(layout).count <= ImportMap.fieldLimit else {
            throw DeskError(
                .invalid, "The forms have more than \(ImportMap.fieldLimit) fields together, and a map has no more.",
                remedy: "Export one type at a time, with a map each.")
        }
    }

    private static func fields(_ layout: ExportLayout) -> [String: JSONValue] {
        var fields: [String: JSONValue] = [
            "state": exact(Fixed.state), "category": exact(Fixed.category), "openedAt": time(Fixed.openedAt.rawValue),
            "subject": exact(Fixed.subject), "description": exact(Fixed.description),
            "assignee": exact(Fixed.assignee), "supervised": flag(Fixed.supervised.rawValue),
        ]
        for column in layout.forms {
            switch column.form.kind {
            case .text, .choice, .file: fields[column.form.id] = exact(column.name)
            case .integer: fields[column.form.id] = ["column": .string(column.name), "kind": "integer"]
            case .boolean: fields[column.form.id] = flag(column.name)
            case .time: fields[column.form.id] = time(column.name)
            case .set: break
            }
        }
        return fields
    }

    private static let events: JSONValue = [
        "version": ["column": .string(OfChange.version.rawValue), "kind": "integer"],
        "time": time(OfChange.at.rawValue), "actor": exact(OfChange.actor.rawValue),
        "note": exact(OfChange.note.rawValue), "visibility": exact(OfChange.noteVisibility.rawValue),
    ]

    private static let identity: JSONValue = [
        "id": exact(Fixed.id), "number": exact(Fixed.number), "source": exact(Fixed.source),
        "key": exact(Fixed.sourceKey), "version": ["column": .string(Fixed.sourceVersion.rawValue), "kind": "integer"],
        "time": time(Fixed.sourceTime.rawValue),
    ]

    private static func home(_ column: String, _ branches: [String]) -> JSONValue {
        let values = Dictionary(branches.map { ($0, JSONValue.string($0)) }, uniquingKeysWith: { first, _ in first })
        return ["column": .string(column), "values": .object(values)]
    }

    /// What the columns hold of persons, so that no report quotes it.
    private static func personal(_ layout: ExportLayout) -> [String] {
        [Fixed.customerName, .customerPhone, .description].map(\.rawValue)
            + layout.forms.filter(\.form.isPersonal).map(\.name)
    }

    private static func exact(_ column: Fixed) -> JSONValue { exact(column.rawValue) }

    /// Cells are texts of ours: not a blank of them is touched.
    private static func exact(_ column: String) -> JSONValue { ["column": .string(column), "trim": false] }

    private static func flag(_ column: String) -> JSONValue {
        ["column": .string(column), "values": ["true": true, "false": false]]
    }

    private static func time(_ column: String) -> JSONValue {
        ["column": .string(column), "format": .string(timeFormat)]
    }
}
