import Foundation
import Replication
import Standards

/// The files of a request, with their contents: small ones, that come by value.
struct SentFiles {
    struct One {
        let file: Attachment
        let hash: ContentHash
        let content: [UInt8]
        /// What came beside name, type and content.
        let extras: [String: JSONValue]
    }

    private(set) var all: [One] = []

    init(_ json: JSONValue?, _ dialect: Dialect, _ problems: inout [String]) {
        guard let json else { return }
        problems += Shape.list(TicketAttribute.attachment(dialect)).problems(json, at: "attachment")
        for (place, item) in (json.arrayValue ?? []).enumerated() {
            let path = "attachment[\(place)]"
            guard var members = item.objectValue,
                let content = members.removeValue(forKey: "content")?.stringValue.flatMap({ Data(base64Encoded: $0) }),
                !content.isEmpty
            else {
                problems.append(
                    "\(path).content is not the file in base64; for a large one: POST /api/tickets/{ticket}/attachments"
                )
                continue
            }
            let hash = ContentHash(of: Array(content))
            let file = Attachment(
                hash: hash.bytes, name: members.removeValue(forKey: "name")?.stringValue ?? "",
                size: UInt64(content.count),
                mediaType: (members.removeValue(forKey: "mimeType")?.stringValue ?? "").lowercased())
            if let problem = AttachmentProblem.of(file, besides: all.count) {
                problems.append("\(path): \(problem.text)")
            }
            if all.contains(where: { $0.hash == hash }) { problems.append("\(path) is a file that stands before it") }
            all.append(One(file: file, hash: hash, content: Array(content), extras: members))
        }
    }
}
