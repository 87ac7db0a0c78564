import Replication

/// A field of a form that holds a file, by the hash of its content.
enum FileField {
    static func isAttached(_ value: Value, to ticket: EntityState) -> Bool {
        if value == .null { return true }
        guard let text = value.textValue else { return false }
        return ticket.attachments.contains { ContentHash($0.attachment.hash)?.text == text.lowercased() }
    }
}
