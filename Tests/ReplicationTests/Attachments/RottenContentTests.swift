import SQLite
import Testing

@testable import Replication

private enum Damage {
    static let all: [SQL] = [
        "UPDATE chunk SET bytes = zeroblob(65536) WHERE place % 1024 = 1", "DELETE FROM chunk WHERE place % 1024 = 3",
        "UPDATE chunk SET bytes = substr(bytes, 1, 8) WHERE place % 1024 = 0",
    ]
}

@Suite("Files that a disk lets rot")
struct RottenContentTests {
    private let chunk = AttachmentLimits.bytesInChunk
    private let province: TestProvince
    private let file = TestFile(bytes: 3 * AttachmentLimits.bytesInChunk + 9)
    private let ticket: EntityID

    private var author: TestSite { province.branches[0] }
    private var member: TestSite { province.branches[1] }

    /// The file is at the hub and at its author's.
    init() throws {
        province = try TestProvince(branches: 2)
        ticket = try province.ticket(at: province.branches[0])
        try province.attach(file, to: ticket, at: province.branches[0])
        try province.converge()
    }

    private func rot(at site: TestSite, _ damage: SQL = Damage.all[0]) throws { try site.database.execute(damage) }

    private func recheck(_ site: TestSite) throws -> Int {
        try site.session { try $0.take($0.store.nextContents(), at: province.now) }
    }

    private func damages(at site: TestSite) throws -> [String] {
        try site.store.incidents(limit: 99).filter { $0.kind == "damage" }.map(\.text)
    }

    @Test(
        "what rots at the hub is found by the round, and brought again by the site that holds it",
        arguments: Damage.all)
    func atHub(_ damage: SQL) throws {
        #expect(try recheck(province.hub) == 0)
        #expect(try recheck(province.hub) == 0)
        try rot(at: province.hub, damage)
        #expect(try recheck(province.hub) == 1)
        #expect(try province.place(file, of: ticket, at: province.hub) == .onlyAtAuthor)
        #expect(try damages(at: province.hub).count == 1)
        #expect(try damages(at: province.hub).first?.contains("the sites that hold it are asked") == true)
        #expect(try province.prepare(.attachments, at: author).request.isEmpty)
        try province.converge()
        #expect(try province.content(file, of: ticket, at: province.hub) == file.content)
        #expect(try province.place(file, of: ticket, at: author) == .atTwoPlaces)
        #expect(try recheck(province.hub) == 0)
        try province.exchange(.poll, author)
        #expect(try province.prepare(.attachments, at: author).request.isEmpty)
    }

    @Test("what rots at a branch is fetched again from the hub")
    func atBranch() throws {
        try rot(at: author)
        #expect(try recheck(author) == 1)
        #expect(try province.held(file, of: ticket, at: author)?.isHere == false)
        #expect(try damages(at: author).first?.contains("the hub is asked for it") == true)
        try province.converge()
        #expect(try province.content(file, of: ticket, at: author) == file.content)
        #expect(try recheck(author) == 0)
    }

    @Test("a hub looks at a file before it sends it, and sends no byte of one that has rotted")
    func beforeSending() throws {
        province.now += AttachmentLimits.damagedMilliseconds
        try province.write(.add(TestDomain.collaborators, .text(member.id.text)), on: ticket, at: author)
        try province.exchange(.push, author)
        while try province.held(file, of: ticket, at: member) == nil { try province.exchange(.poll, member) }
        try rot(at: province.hub)
        try province.exchange(.attachments, member)
        #expect(try province.held(file, of: ticket, at: member)?.bytesHere == 0)
        #expect(try damages(at: province.hub).count == 1)
        try province.converge()
        for site in [province.hub, author, member] {
            #expect(try province.content(file, of: ticket, at: site) == file.content, "\(site.id)")
        }
    }

    @Test("what has rotted wherever it was held is named as lost, and is whole again when it is put in anew")
    func everywhere() throws {
        try rot(at: province.hub)
        try rot(at: author)
        #expect(try recheck(province.hub) == 1)
        #expect(try recheck(author) == 1)
        try province.converge()
        #expect(try province.hub.store.lonelyAttachments(limit: 9).map(\.place) == [.onlyAtAuthor])
        for _ in 0..<3 {
            #expect(try province.exchange(.poll, author)?.files == 0)
            #expect(try province.exchange(.attachments, author)?.hasBrought == false)
        }
        try province.putIn(file, at: author)
        try author.session { session in
            let row = try #require(try session.store.row(ticket))
            #expect(try session.demandAttachment(file.hash, of: row))
        }
        try province.converge()
        #expect(try province.content(file, of: ticket, at: province.hub) == file.content)
        #expect(try province.place(file, of: ticket, at: author) == .atTwoPlaces)
    }

    @Test("a round reads so many bytes at a time and comes round to every file")
    func rounds() throws {
        for tag in UInt8(2)...5 { try province.attach(TestFile(bytes: chunk, tag: tag), to: ticket, at: author) }
        var seen: [Int64] = []
        for _ in 0..<6 {
            _ = try author.session { try $0.take($0.store.nextContents(bytes: 2 * chunk), at: province.now) }
            seen.append(try author.database.first("SELECT content FROM recheck") { $0.int64(0) } ?? -1)
        }
        #expect(seen == [1, 3, 5, 0, 1, 3])
    }
}
