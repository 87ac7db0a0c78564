/// Bounds of what may be attached, and of what travels of it at once.
public enum AttachmentLimits {
    /// Bytes of one file: a scanned contract or a long test report, and little enough that a line of 256 kbit/s brings
    /// it in half an hour.
    public static let bytesInFile = 50 << 20
    /// Files that one entity may name.
    public static let filesOfEntity = 64
    /// Bytes of a file's name in UTF-8: what common file systems allow.
    public static let bytesInName = 255
    /// Bytes of a media type.
    public static let bytesInMediaType = 127
    /// What may be attached. Nothing that a browser or an office program would run by itself.
    public static let mediaTypes = [
        "application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/zip", "audio/mpeg",
        "image/jpeg", "image/png", "text/csv", "text/plain",
    ]
    /// Bytes of every chunk of a file but the last.
    public static let bytesInChunk = 64 << 10
    /// Chunks of the largest file.
    public static let chunksInFile = (bytesInFile + bytesInChunk - 1) / bytesInChunk
    /// Bytes of chunks in one request, and in one answer: a thin line is free again for changes after so many.
    public static let bytesInRequest = 256 << 10
    /// Files that a site offers in one request, and that it asks for.
    public static let offersInRequest = 64
    public static let wantsInRequest = 64
    /// A branch fetches files up to this size of what it holds by itself, in bytes; larger ones when somebody asks.
    public static let bytesFetchedUnasked = 1 << 20
    /// Bytes that may wait here, put in and not attached to anything yet.
    public static let bytesUploading = 256 << 20
    /// What was put in and not attached is forgotten after so long, in milliseconds: a day.
    public static let uploadMilliseconds: Int64 = 24 * 60 * 60 * 1_000
    /// Whole copies in a row that did not agree with their hash before an incident is recorded.
    public static let damagedCopies = 3
    /// How long a file is left alone after so many, and how long a hub takes a content to be as it was when it last
    /// looked, in milliseconds: an hour.
    public static let damagedMilliseconds: Int64 = 60 * 60 * 1_000
    /// Bytes of contents that are held against their hashes in one turn of the writer; one larger file is not split.
    public static let bytesVerified = 16 << 20
    /// Files that a hub asks a site for in one answer because its own copy was damaged.
    public static let filesAskedBack = 64
    /// How long a branch waits after an exchange of files that brought nothing, in milliseconds: doubled each time.
    public static let pauseMillisecondsMin: Int64 = 10_000
    public static let pauseMillisecondsMax: Int64 = 300_000

    /// Bytes of one chunk of a file; 0 beyond its end.
    public static func bytes(ofChunk number: Int, size: Int) -> Int {
        max(0, min(bytesInChunk, size - number * bytesInChunk))
    }

    /// Chunks of a file of `size` bytes.
    public static func chunks(size: Int) -> Int { (size + bytesInChunk - 1) / bytesInChunk }
}

/// Why a file may not be attached.
public struct AttachmentProblem: Equatable, Sendable {
    public enum Kind: Sendable {
        case size
        case mediaType
        case name
        case count
        case hash
    }

    public let kind: Kind
    /// What is wrong and what to do, in one or two sentences.
    public let text: String

    /// - Parameter others: files that the entity names already.
    /// - Returns: nil if the file may be attached.
    public static func of(_ file: Attachment, besides others: Int) -> AttachmentProblem? {
        if let size = size(file.size) { return size }
        if let type = mediaType(file.mediaType) { return type }
        guard ContentHash(file.hash) != nil else {
            return Self(.hash, "A file is named by 32 bytes of SHA-256. Attach it again.")
        }
        let isPlain = file.name.unicodeScalars.allSatisfy {
            $0.properties.generalCategory != .control && $0 != "/" && $0 != "\\"
        }
        guard isPlain, (1...AttachmentLimits.bytesInName).contains(file.name.utf8.count) else {
            return Self(
                .name,
                "A file's name has 1 to \(AttachmentLimits.bytesInName) bytes, control characters and slashes not "
                    + "among them. Give it another name.")
        }
        guard others < AttachmentLimits.filesOfEntity else {
            return Self(
                .count,
                "\(AttachmentLimits.filesOfEntity) files are attached already. Put several into one ZIP file, or open "
                    + "another ticket.")
        }
        return nil
    }

    /// Whether a size may not be, asked before the content is there.
    public static func size(_ size: UInt64) -> AttachmentProblem? {
        guard size > 0 else { return Self(.size, "The file is empty. Choose another one.") }
        guard size <= UInt64(AttachmentLimits.bytesInFile) else {
            return Self(
                .size,
                "The file has \(size) bytes; \(AttachmentLimits.bytesInFile) may be attached. Divide it, or make it "
                    + "smaller.")
        }
        return nil
    }

    /// Whether a type may not be, asked before the content is there.
    public static func mediaType(_ type: String) -> AttachmentProblem? {
        guard !AttachmentLimits.mediaTypes.contains(type) else { return nil }
        return Self(
            .mediaType,
            "Files of this type are not taken. These are: \(AttachmentLimits.mediaTypes.joined(separator: ", ")).")
    }

    private init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
