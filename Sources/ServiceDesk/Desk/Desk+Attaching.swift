import Replication
import Standards

extension Desk {
    /// A file is named only when its content is here whole: a name without one would promise what nobody has.
    func attachment(_ file: Attachment, _ row: EntityRow) throws -> Edit {
        if let problem = AttachmentProblem.of(file, besides: row.state.attachments.count) {
            throw DeskError(.invalid, problem.text, remedy: "Nothing was attached.")
        }
        guard !row.state.attachments.contains(where: { $0.attachment.hash == file.hash }) else {
            throw DeskError(
                .wrongState, "The ticket has this very file already.", remedy: "See its attachments; choose another.")
        }
        guard let hash = ContentHash(file.hash), try store.holdsWhole(hash, size: file.size) else {
            throw DeskError(
                .wrongState, "The content of the file is not here whole.",
                remedy: "Put it in first: POST /api/uploads/HASH; then attach it.")
        }
        return .attach(file)
    }

    /// A field that holds a file names one that is attached to the ticket.
    func checkFiles(_ fields: [String: Value], _ type: TicketType, _ row: EntityRow) throws {
        let unknown = type.fileFields.filter { !FileField.isAttached(fields[$0] ?? .null, to: row.state) }
        guard let first = unknown.first else { return }
        throw DeskError(
            .invalid, "Field \(first) names no file of the ticket.",
            remedy: "Attach the file first, and give its hash.",
            problems: unknown.map { .init(field: $0, problem: .notAttached) })
    }
}
