@testable import Replication

/// A file that somebody at a test site attaches.
struct TestFile {
    let content: [UInt8]
    let name: String

    var hash: ContentHash { ContentHash(of: content) }

    var attachment: Attachment {
        Attachment(hash: hash.bytes, name: name, size: UInt64(content.count), mediaType: "application/pdf")
    }

    /// - Parameter tag: makes the content another.
    init(bytes: Int, tag: UInt8 = 1, name: String = "report.pdf") {
        content = (0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) ^ tag }
        self.name = name
    }
}

extension TestProvince {
    /// Puts a file in at a site, in one piece.
    @discardableResult
    func putIn(_ file: TestFile, at site: TestSite) throws -> SiteStore.Upload {
        try site.session {
            try $0.store.putIn(file.content, at: 0, of: file.hash, size: file.content.count, at: now)
        }
    }

    /// Puts a file in and attaches it.
    func attach(_ file: TestFile, to entity: EntityID, at site: TestSite) throws {
        try putIn(file, at: site)
        try write(.attach(file.attachment), on: entity, at: site)
    }

    func held(_ file: TestFile, of entity: EntityID, at site: TestSite) throws -> HeldAttachment? {
        guard let row = try site.store.row(entity) else { return nil }
        return try site.store.attachments(of: row).first { $0.attachment.hash == file.hash.bytes }
    }

    func place(_ file: TestFile, of entity: EntityID, at site: TestSite) throws -> AttachmentPlace? {
        try held(file, of: entity, at: site)?.place
    }

    /// The bytes that a site has of a file for an entity; nil unless it is whole there.
    func content(_ file: TestFile, of entity: EntityID, at site: TestSite) throws -> [UInt8]? {
        guard let held = try held(file, of: entity, at: site), let content = held.content else { return nil }
        return try (0..<AttachmentLimits.chunks(size: file.content.count)).flatMap {
            try site.store.chunk($0, of: content) ?? []
        }
    }

    func demand(_ file: TestFile, of entity: EntityID, at site: TestSite) throws -> Bool {
        try site.session { session in
            guard let row = try session.store.row(entity) else { return false }
            return try session.demandAttachment(file.hash, of: row)
        }
    }

    /// Whether a content has gone to a site in any answer.
    func hasSent(_ content: [UInt8], to site: TestSite) -> Bool {
        answers.contains { $0.site == site.id && $0.bytes.firstRange(of: content) != nil }
    }

    func chunkCount(at site: TestSite) throws -> Int {
        try site.database.first("SELECT count(*) FROM chunk") { $0.int(0) } ?? 0
    }

    func incidents(at site: TestSite) throws -> [String] {
        try site.database.all("SELECT text FROM incident WHERE kind = 'attachment' ORDER BY number") { $0.text(0) }
    }

    /// One exchange of files whose request is changed on its way, as its sender's disk or a hand might.
    func exchangeFiles(
        _ site: TestSite, request change: (inout AttachmentRequest) -> Void = { _ in },
        answer alter: (inout AttachmentAnswer) -> Void = { _ in }
    ) throws -> Session.Applied {
        let message = try prepare(.attachments, at: site)
        var request = message.request
        if request.attachments != nil { change(&request.attachments!) }
        var answer = try ExchangeAnswer(encoded: try deliver(request.encoded, from: site))
        if answer.attachments != nil { alter(&answer.attachments!) }
        return try apply(answer.encoded, to: message, at: site)
    }
}
