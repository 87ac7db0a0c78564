import Node
import Standards

/// The project's own standard, for measures of what procedures and limits cost, with calendars of several kinds.
struct ProvinceStandard: Sendable {
    private static let folder = "Topology/standards/province"

    private let document: JSONValue

    init(program: String) throws {
        let path = try TrialFiles.find(Self.folder, program: program, remedy: "run the bench from the project's folder")
        document = try PackInput(path).whole().document
    }

    /// The standard with the hours of work of a turn: each ends another time, so that due times move.
    private func turned(_ turn: Int) throws -> (pack: StandardPack, document: [UInt8]) {
        guard case .object(var members) = document, case .object(var calendar)? = members["calendar"] else {
            throw Self.broken
        }
        calendar["shifts"] = [
            ["from": "08:30", "to": "12:00"], ["from": "14:00", "to": .string("17:\(10 + turn % 50)")],
        ]
        members["calendar"] = .object(calendar)
        members["version"] = .string("\(turn).service")
        let bytes = JSONValue.object(members).bytes()
        guard let pack = StandardPack.check(bytes).0 else { throw Self.broken }
        return (pack, bytes)
    }

    /// At the hub, with the hours of a turn.
    func publish(at hub: Site, turn: Int = 0) throws {
        let (pack, document) = try turned(turn)
        try hub.perform("bench") { session, now in
            _ = try hub.desk(session.store, actor: "bench", now: now).publish(
                pack, document: document, effective: nil, in: &session)
        }
    }

    private static let broken = CommandError(
        .no, "read the province's standard", reason: "it is not as the bench knows it", remedy: "report this")
}
