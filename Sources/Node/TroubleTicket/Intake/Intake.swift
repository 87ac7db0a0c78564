import Replication
import ServiceDesk
import Standards

/// What reading a new ticket and reading a patch have in common.
enum Intake {
    /// Puts the contents of files in, in the transaction that attaches them.
    static func put(_ files: [SentFiles.One], into store: SiteStore, at now: Int64) throws {
        for one in files {
            guard try store.putIn(one.content, at: 0, of: one.hash, size: one.content.count, at: now) == .whole else {
                throw NodeError(.busy, "A file was not kept whole.", remedy: "Send it again.")
            }
        }
    }

    static func finish(_ problems: [String]) throws {
        guard !problems.isEmpty else { return }
        throw NodeError(
            .badRequest, "The trouble ticket is not right: \(problems.prefix(20).joined(separator: "; ")).",
            remedy: "Correct it and send it again.")
    }

    static func unknown(_ name: String, _ dialect: Dialect) -> String {
        let hint = NearestWord.nearest(to: name, among: TicketAttribute.names(of: dialect))
        return "\(Finding.quote(name)) is no attribute of \(dialect.rawValue)"
            + (hint.map { "; did you mean \($0)?" } ?? "")
    }

    /// Puts severity, priority or channel into the form where the form asks for it, and keeps it otherwise.
    static func fill(
        _ name: String, _ value: JSONValue, into fields: inout [String: Value], _ kept: inout KeptAttributes,
        _ type: TicketType?, _ problems: inout [String]
    ) {
        let form = type?.field(name)
        if name == "channel" {
            // What a caller says of its channel beside its name has its place among what is kept.
            kept[name] = value
            if let chosen = form?.chosen(value["id"]?.stringValue ?? "") { fields[name] = .text(chosen) }
            return
        }
        guard let form, form.kind == .text || form.kind == .choice else { return kept[name] = value }
        guard let chosen = form.chosen(value.stringValue ?? "") else {
            problems.append("\(name) is none of \(form.options.map(\.id).joined(separator: ", "))")
            return
        }
        fields[name] = .text(chosen)
    }

    /// Puts a characteristic into the form.
    static func fill(
        _ sent: TicketCharacteristics.Sent, into fields: inout [String: Value], _ type: TicketType?,
        _ problems: inout [String]
    ) {
        let named = type?.fields.first { $0.id == sent.name || $0.name.zh == sent.name || $0.name.en == sent.name }
        let name = named?.id ?? sent.name
        if TicketCharacteristics.apart.contains(name) {
            problems.append("characteristic \(name) is an attribute of its own: \(name == "subject" ? "name" : name)")
        } else if [TicketCharacteristics.number, TicketCharacteristics.home, "supervised"].contains(name) {
            problems.append("characteristic \(name) is the node's to say")
        } else if fields.updateValue(sent.value, forKey: name) != nil {
            problems.append("characteristic \(Finding.quote(name)) is given twice")
        }
    }
}
