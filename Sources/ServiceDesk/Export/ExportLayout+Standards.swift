import Replication
import SQLite
import Standards

extension ExportLayout {
    /// The columns for the tickets of a site: those of every standard that it holds, in the order of the one in force
    /// and then of the others, the newest first, so that no field of an older ticket is without a column.
    /// - Parameter type: only the forms of this type of tickets.
    /// - Throws: ``DeskError`` when no standard is held, or none has the type.
    init(of type: String?, in store: SiteStore, shelf: PackShelf, at milliseconds: Int64) throws {
        let listed = try StandardListing.all(in: store, shelf: shelf, at: milliseconds)
        let names = (listed.filter(\.isCurrent) + listed.filter { !$0.isCurrent }).map(\.name)
        let packs = try names.compactMap { try shelf.pack($0, in: store) }
        guard !packs.isEmpty else {
            throw DeskError(
                .noStandard, "No standard has reached this site yet.",
                remedy: "Wait for the first exchange with the hub; without one there are no tickets either.")
        }
        let all = packs.flatMap(\.ticketTypes)
        let types = all.filter { type == nil || $0.id == type }
        guard !types.isEmpty else {
            let hint = NearestWord.hint(for: type ?? "", among: all.map(\.id))
            throw DeskError(
                .invalid, "No standard here has such a ticket type.", remedy: "Correct it: \(hint).",
                problems: [.init(field: "type", problem: "is in no standard")])
        }
        self.init(types)
    }
}
