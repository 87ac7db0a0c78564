/// What a request or an answer carries beyond protocol 1: numbered parts at its end, each with its length, so that a
/// version that does not know one passes over it.
///
/// A frame without sections is a frame of protocol 1, byte for byte. Sections are sent only to a peer that has
/// announced ``ProtocolRange/sections``.
struct Section: Equatable, Sendable {
    /// Never reused.
    enum Tag {
        static let compare: UInt8 = 1
        static let attachments: UInt8 = 2
        static let proof: UInt8 = 3
        static let epoch: UInt8 = 4
        static let receipt: UInt8 = 5
    }

    let tag: UInt8
    let body: [UInt8]
}

extension ByteWriter {
    mutating func sections(_ sections: [Section]) {
        guard !sections.isEmpty else { return }
        varint(sections.count)
        for section in sections {
            byte(section.tag)
            block(section.body)
        }
    }
}

extension ByteReader {
    /// What follows the part that protocol 1 knows: nothing, or sections up to the end.
    mutating func sections() throws -> [Section] {
        guard !isAtEnd else { return [] }
        let count = try count(atMost: ReplicationLimits.sectionsInFrame)
        return try (0..<count).map { _ in Section(tag: try byte(), body: try block()) }
    }
}
