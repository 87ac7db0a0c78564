import Replication

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
}
