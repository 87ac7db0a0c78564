import Testing

@testable import Replication

@Suite("Limits of attachments")
struct AttachmentLimitTests {
    private func file(
        size: Int = 10, name: String = "a.pdf", type: String = "application/pdf", hash: [UInt8]? = nil
    ) -> Replication.Attachment {
        Replication.Attachment(
            hash: hash ?? Array(repeating: 4, count: 32), name: name, size: UInt64(size), mediaType: type)
    }

    @Test("size, name, type and hash are taken at their limits and refused beyond")
    func edges() {
        let bytes = AttachmentLimits.bytesInFile
        #expect(AttachmentProblem.of(file(size: bytes), besides: 0) == nil)
        #expect(AttachmentProblem.of(file(size: bytes + 1), besides: 0)?.kind == .size)
        #expect(AttachmentProblem.of(file(size: 0), besides: 0)?.kind == .size)
        #expect(AttachmentProblem.of(file(name: String(repeating: "n", count: 255)), besides: 0) == nil)
        #expect(AttachmentProblem.of(file(name: String(repeating: "n", count: 256)), besides: 0)?.kind == .name)
        for name in ["", "a/b", "a\\b", "a\nb"] {
            #expect(AttachmentProblem.of(file(name: name), besides: 0)?.kind == .name, "\(name.utf8.count) bytes")
        }
        #expect(AttachmentProblem.of(file(type: "text/html"), besides: 0)?.kind == .mediaType)
        #expect(AttachmentProblem.of(file(hash: [1]), besides: 0)?.kind == .hash)
        #expect(AttachmentProblem.of(file(), besides: AttachmentLimits.filesOfEntity - 1) == nil)
        #expect(AttachmentProblem.of(file(), besides: AttachmentLimits.filesOfEntity)?.kind == .count)
        #expect(AttachmentLimits.mediaTypes.allSatisfy { $0.utf8.count <= AttachmentLimits.bytesInMediaType })
    }

    @Test("a change that attaches what may not be attached is refused where it is made, and at the hub")
    func refusedChanges() throws {
        let province = try TestProvince(branches: 1)
        let ticket = try province.ticket(at: province.branches[0])
        let problem = failure {
            try province.write(.attach(file(type: "text/html")), on: ticket, at: province.branches[0])
        }
        #expect(problem == .refused)
        for number in 0..<AttachmentLimits.filesOfEntity {
            let hash = [UInt8](repeating: UInt8(number), count: 32)
            try province.write(.attach(file(hash: hash)), on: ticket, at: province.branches[0])
        }
        let more = failure {
            try province.write(.attach(file(hash: Array(repeating: 99, count: 32))), on: ticket, at: province.hub)
        }
        #expect(more == .notFound)
        #expect(failure { try province.write(.attach(file()), on: ticket, at: province.branches[0]) } == .refused)
    }

    @Test("a file is put in piece by piece, goes on where it was cut off, and is verified whole")
    func puttingIn() throws {
        let province = try TestProvince(branches: 1)
        let site = province.branches[0]
        let chunk = AttachmentLimits.bytesInChunk
        let file = TestFile(bytes: 2 * chunk + 5)
        let size = file.content.count
        func put(_ range: Range<Int>, at offset: Int, size: Int = size) throws -> SiteStore.Upload {
            try site.session {
                try $0.store.putIn(Array(file.content[range]), at: offset, of: file.hash, size: size, at: province.now)
            }
        }
        #expect(try put(chunk..<2 * chunk, at: chunk) == .lacking(from: 0))
        #expect(try site.store.upload(of: file.hash) == .lacking(from: 0))
        #expect(failure { try put(0..<7, at: 0) } == .malformed)
        #expect(failure { try put(0..<chunk, at: 7) } == .malformed)
        #expect(failure { try put(0..<chunk, at: 0, size: size + 1) } == .malformed)
        #expect(failure { try put(0..<chunk, at: 0, size: AttachmentLimits.bytesInFile + 1) } == .oversized)
        #expect(try put(0..<chunk, at: 0) == .lacking(from: 2 * chunk))
        #expect(try put(2 * chunk..<size, at: 2 * chunk) == .whole)
        #expect(try site.store.holdsWhole(file.hash, size: UInt64(size)))
        #expect(try !site.store.holdsWhole(file.hash, size: UInt64(size) + 1))
    }

    @Test("a file that is not what its hash says is dropped whole")
    func wrongHash() throws {
        let province = try TestProvince(branches: 1)
        let site = province.branches[0]
        let (file, other) = (TestFile(bytes: 100, tag: 1), TestFile(bytes: 100, tag: 2))
        let upload = try site.session {
            try $0.store.putIn(file.content, at: 0, of: other.hash, size: 100, at: province.now)
        }
        #expect(upload == .damaged)
        #expect(try site.store.upload(of: other.hash) == .lacking(from: 0))
        #expect(try province.chunkCount(at: site) == 0)
    }

    @Test("what was put in and never attached is forgotten after a day, and does not fill the disk before")
    func abandoned() throws {
        let province = try TestProvince(branches: 1)
        let site = province.branches[0]
        let sizes = AttachmentLimits.bytesUploading / AttachmentLimits.bytesInFile
        let chunk = Array(repeating: 1 as UInt8, count: AttachmentLimits.bytesInChunk)
        func begin(_ tag: Int) throws {
            let hash = ContentHash(of: [UInt8(tag)])
            _ = try site.session {
                try $0.store.putIn(chunk, at: 0, of: hash, size: AttachmentLimits.bytesInFile, at: province.now)
            }
        }
        for tag in 0..<sizes { try begin(tag) }
        #expect(failure { try begin(sizes) } == .limited)
        province.now += AttachmentLimits.uploadMilliseconds + 1
        try begin(sizes)
        #expect(try province.chunkCount(at: site) == 1)
    }
}
