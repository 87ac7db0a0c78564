import Testing

@testable import Replication

@Suite("Who gets a file")
struct AttachmentSecrecyTests {
    /// A file of a ticket of the first branch, at the hub; the second branch has nothing to do with it.
    private func province(bytes: Int = 3 * 65_536) throws -> (TestProvince, TestFile, EntityID) {
        let province = try TestProvince(branches: 2)
        let file = TestFile(bytes: bytes)
        let ticket = try province.ticket(at: province.branches[0])
        try province.attach(file, to: ticket, at: province.branches[0])
        try province.converge()
        return (province, file, ticket)
    }

    private func ask(
        _ want: AttachmentRequest.Want, _ province: TestProvince, from site: TestSite
    ) throws -> AttachmentAnswer {
        var answered = AttachmentAnswer()
        _ = try province.exchangeFiles(site) {
            $0.wants = [want]
        } answer: {
            answered = $0
        }
        return answered
    }

    @Test("who may not see the entity gets nothing of its file and does not learn whether it exists")
    func stranger() throws {
        let (province, file, ticket) = try province()
        let stranger = province.branches[1]
        let none = ChunkMap(count: AttachmentLimits.chunks(size: file.content.count))
        let nowhere = EntityID(kind: TestDomain.ticket, high: 9, low: 9)
        for entity in [ticket, nowhere] {
            let name = AttachmentName(entity: entity, hash: file.hash)
            let answer = try ask(.init(name: name, held: none), province, from: stranger)
            #expect(answer.parts.isEmpty)
            #expect(answer.wanted.map(\.standing) == [.unknown])
        }
    }

    @Test("naming a file's hash in a ticket of one's own brings nothing of the file")
    func guessedHash() throws {
        let (province, file, _) = try province()
        let stranger = province.branches[1]
        let own = try province.ticket(at: stranger)
        try province.write(.attach(file.attachment), on: own, at: stranger)
        try province.converge()
        #expect(try province.content(file, of: own, at: stranger) == nil)
        #expect(try province.place(file, of: own, at: stranger) == .onlyAtAuthor)
        // Not even by claiming to hold it.
        let name = AttachmentName(entity: own, hash: file.hash)
        var standing: AttachmentAnswer.Offered?
        _ = try province.exchangeFiles(stranger) {
            $0.offers = [.init(name: name, proof: Array(repeating: 7, count: 32))]
        } answer: {
            standing = $0.offered.first?.standing
        }
        #expect(standing == .lacking(ChunkMap(count: AttachmentLimits.chunks(size: file.content.count))))
        #expect(try province.content(file, of: own, at: province.hub) == nil)
    }

    @Test("a proof made for one entity is worth nothing for another")
    func proofOfAnother() throws {
        let (province, file, ticket) = try province()
        let stranger = province.branches[1]
        let own = try province.ticket(at: stranger)
        try province.write(.attach(file.attachment), on: own, at: stranger)
        try province.converge()
        let content = try #require(try province.held(file, of: ticket, at: province.hub)?.content)
        let heard = try #require(try province.hub.store.proof(of: content, for: ticket))
        _ = try province.exchangeFiles(stranger) {
            $0.offers = [.init(name: AttachmentName(entity: own, hash: file.hash), proof: heard)]
        }
        #expect(try province.content(file, of: own, at: province.hub) == nil)
    }

    @Test("chunks of a stranger do not spoil what another site is sending")
    func spoiling() throws {
        let province = try TestProvince(branches: 2)
        let (author, spoiler) = (province.branches[0], province.branches[1])
        let file = TestFile(bytes: 6 * 65_536)
        let ticket = try province.ticket(at: author)
        try province.attach(file, to: ticket, at: author)
        let own = try province.ticket(at: spoiler)
        try province.write(.attach(file.attachment), on: own, at: spoiler)
        for site in province.branches {
            try province.exchange(.hello, site)
            try province.exchange(.push, site)
        }
        for number in 0..<6 {
            let bad = [UInt8](repeating: 0, count: 65_536)
            let name = AttachmentName(entity: own, hash: file.hash)
            _ = try province.exchangeFiles(spoiler) {
                $0.parts = [AttachmentPart(name: name, number: number, bytes: bad)]
            }
            try province.exchange(.attachments, author)
        }
        try province.converge()
        #expect(try province.content(file, of: ticket, at: province.hub) == file.content)
        #expect(try province.content(file, of: own, at: province.hub) == nil)
    }

    @Test("a site that has lost the entity gets no further chunk, whatever it had asked for")
    func withdrawnFetcher() throws {
        let province = try TestProvince(branches: 2)
        let (author, member) = (province.branches[0], province.branches[1])
        let file = TestFile(bytes: 10 * 65_536)
        let ticket = try province.ticket(at: author, sharedWith: [member])
        try province.attach(file, to: ticket, at: author)
        try province.sync(author)
        try province.exchange(.hello, member)
        while try province.held(file, of: ticket, at: member) == nil { try province.exchange(.poll, member) }
        try province.exchange(.attachments, member)
        #expect(try province.held(file, of: ticket, at: member)?.bytesHere == 4 * 65_536)
        try province.write(
            .remove(TestDomain.collaborators, .text(member.id.text)), on: ticket, at: province.hub)
        var answered = AttachmentAnswer()
        _ = try province.exchangeFiles(member) { _ in
        } answer: {
            answered = $0
        }
        #expect(answered.parts.isEmpty)
        #expect(answered.wanted.map(\.standing) == [.unknown])
        try province.converge()
        #expect(try province.exchange(.poll, member)?.hasAttachmentWork == false)
    }
}
