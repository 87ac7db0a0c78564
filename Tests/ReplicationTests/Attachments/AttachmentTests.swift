import Testing

@testable import Replication

@Suite("Attachments")
struct AttachmentTests {
    private let chunk = AttachmentLimits.bytesInChunk

    @Test("a file is only here so far until the hub has it whole, and then at two places")
    func places() throws {
        let province = try TestProvince(branches: 1)
        let (branch, hub) = (province.branches[0], province.hub)
        let file = TestFile(bytes: 3 * chunk + 17)
        let ticket = try province.ticket(at: branch)
        try province.attach(file, to: ticket, at: branch)
        #expect(try province.place(file, of: ticket, at: branch) == .onlyHere)
        #expect(try province.held(file, of: ticket, at: branch)?.isHere == true)

        while !branch.isMeasured { try province.exchange(.hello, branch) }
        try province.exchange(.push, branch)
        #expect(try province.place(file, of: ticket, at: hub) == .onlyAtAuthor)
        #expect(try province.place(file, of: ticket, at: branch) == .onlyHere)
        #expect(try hub.store.lonelyAttachments(limit: 9).map(\.place) == [.onlyAtAuthor])

        try province.converge()
        #expect(try province.place(file, of: ticket, at: branch) == .atTwoPlaces)
        #expect(try province.place(file, of: ticket, at: hub) == .atTwoPlaces)
        #expect(try province.content(file, of: ticket, at: hub) == file.content)
        #expect(try hub.store.lonelyAttachments(limit: 9).isEmpty)
        let number = try #require(try hub.store.row(ticket)?.number)
        #expect(try hub.store.hasAllAttachments(of: number))
        let site = try #require(try hub.store.peerNumber(of: branch.id))
        #expect(try !hub.store.hasAllAttachmentsTwice(of: number, besides: site))
    }

    @Test("nothing is exchanged when no file is named")
    func quiet() throws {
        let province = try TestProvince(branches: 1)
        _ = try province.ticket(at: province.branches[0])
        try province.converge()
        let message = try province.prepare(.attachments, at: province.branches[0])
        #expect(message.request.isEmpty)
        #expect(try province.exchange(.poll, province.branches[0])?.hasAttachmentWork == false)
    }

    @Test("a member fetches a small file unasked, and a large one when somebody asks")
    func policyAndDemand() throws {
        let province = try TestProvince(branches: 2)
        let (author, member) = (province.branches[0], province.branches[1])
        let small = TestFile(bytes: AttachmentLimits.bytesFetchedUnasked, tag: 1, name: "small.pdf")
        let large = TestFile(bytes: AttachmentLimits.bytesFetchedUnasked + 1, tag: 2, name: "large.pdf")
        let ticket = try province.ticket(at: author, sharedWith: [member])
        try province.attach(small, to: ticket, at: author)
        try province.attach(large, to: ticket, at: author)
        try province.converge()
        #expect(try province.content(small, of: ticket, at: member) == small.content)
        #expect(try province.held(large, of: ticket, at: member)?.bytesHere == 0)
        #expect(try province.place(large, of: ticket, at: member) == .atTwoPlaces)
        #expect(try province.demand(large, of: ticket, at: member))
        #expect(try province.held(large, of: ticket, at: member)?.isWanted == true)
        try province.converge()
        #expect(try province.content(large, of: ticket, at: member) == large.content)
        let number = try #require(try province.hub.store.row(ticket)?.number)
        let site = try #require(try province.hub.store.peerNumber(of: author.id))
        #expect(try province.hub.store.hasAllAttachmentsTwice(of: number, besides: site))
        #expect(try !province.demand(TestFile(bytes: 5, tag: 9), of: ticket, at: member))
    }

    @Test("a member that asks before the hub has a file is told so, and gets it later")
    func notYet() throws {
        let province = try TestProvince(branches: 2)
        let (author, member) = (province.branches[0], province.branches[1])
        let file = TestFile(bytes: 2 * chunk)
        let ticket = try province.ticket(at: author, sharedWith: [member])
        try province.converge()
        try province.attach(file, to: ticket, at: author)
        try province.exchange(.push, author)
        try province.sync(member)
        #expect(try province.place(file, of: ticket, at: member) == .onlyAtAuthor)
        try province.converge()
        #expect(try province.content(file, of: ticket, at: member) == file.content)
    }

    @Test("one content is kept once, whatever names it, and goes with the last entity that does")
    func shared() throws {
        let province = try TestProvince(branches: 1)
        let (branch, hub) = (province.branches[0], province.hub)
        let file = TestFile(bytes: chunk + 1)
        let tickets = [try province.ticket(at: branch), try province.ticket(at: branch)]
        for ticket in tickets { try province.attach(file, to: ticket, at: branch) }
        try province.converge()
        for site in [branch, hub] {
            #expect(try province.chunkCount(at: site) == 2, "\(site.id)")
            for ticket in tickets { #expect(try province.content(file, of: ticket, at: site) == file.content) }
            let numbers = try tickets.map { try #require(try site.store.row($0)?.number) }
            try site.session { try $0.store.forgetAttachments(of: numbers[0]) }
            #expect(try province.chunkCount(at: site) == 2, "\(site.id)")
            try site.session { try $0.store.forgetAttachments(of: numbers[1]) }
            #expect(try province.chunkCount(at: site) == 0, "\(site.id)")
            #expect(try site.database.first("SELECT count(*) FROM content") { $0.int(0) } == 0)
        }
    }

    @Test("a second ticket with a file that the hub has costs a proof and no chunk")
    func proofInsteadOfChunks() throws {
        let province = try TestProvince(branches: 1)
        let branch = province.branches[0]
        let file = TestFile(bytes: 9 * chunk)
        let first = try province.ticket(at: branch)
        try province.attach(file, to: first, at: branch)
        try province.converge()
        let second = try province.ticket(at: branch)
        try province.attach(file, to: second, at: branch)
        try province.exchange(.push, branch)
        let message = try province.prepare(.attachments, at: branch)
        #expect(message.bytes.count < 500)
        try province.apply(try province.deliver(message.bytes, from: branch), to: message, at: branch)
        #expect(try province.place(file, of: second, at: branch) == .atTwoPlaces)
        #expect(try province.content(file, of: second, at: province.hub) == file.content)
    }

    @Test("a refused attachment is let go of at its author's site")
    func refused() throws {
        let province = try TestProvince(branches: 1)
        let branch = province.branches[0]
        branch.domain = TestDomain.permissive
        let ticket = try province.ticket(at: branch)
        try province.converge()
        let file = TestFile(bytes: 40)
        try province.putIn(file, at: branch)
        try province.write(.attach(file.attachment), TestProvince.title("forbidden"), on: ticket, at: branch)
        #expect(try province.chunkCount(at: branch) == 1)
        try province.converge()
        #expect(try province.held(file, of: ticket, at: branch) == nil)
        #expect(try province.chunkCount(at: branch) == 0)
    }

    @Test("an author that has lost the ticket still brings its file, and gets none of later ones")
    func withdrawnAuthor() throws {
        let province = try TestProvince(branches: 2)
        let (author, owner) = (province.branches[0], province.branches[1])
        let file = TestFile(bytes: 7 * chunk, tag: 1)
        let ticket = try province.ticket(at: author)
        try province.attach(file, to: ticket, at: author)
        try province.exchange(.hello, author)
        try province.exchange(.push, author)
        try province.write(TestProvince.home(owner), on: ticket, at: province.hub)
        let later = TestFile(bytes: 20, tag: 2)
        try province.attach(later, to: ticket, at: province.hub)
        try province.converge()
        #expect(try author.store.row(ticket) == nil)
        #expect(try province.content(file, of: ticket, at: owner) == file.content)
        #expect(try province.content(later, of: ticket, at: owner) == later.content)
        #expect(try province.chunkCount(at: author) == 0)
        #expect(!province.hasSent(later.content, to: author))
    }

    @Test("a copy stays locked until a site that is left holds every file, however large, and is erased then")
    func erasedAfterTheFile() throws {
        let province = try TestProvince(branches: 2)
        let (author, owner) = (province.branches[0], province.branches[1])
        let file = TestFile(bytes: AttachmentLimits.bytesFetchedUnasked + 3)
        let ticket = try province.ticket(at: author, sharedWith: [owner])
        try province.attach(file, to: ticket, at: author)
        try province.converge()
        #expect(try province.content(file, of: ticket, at: owner) == nil)
        try province.write(
            TestProvince.home(owner), .remove(TestDomain.collaborators, .text(owner.id.text)), on: ticket,
            at: province.hub)
        try province.sync(author)
        #expect(try author.store.row(ticket)?.isWithdrawn == true)
        #expect(try province.chunkCount(at: author) > 0)
        try province.converge()
        #expect(try province.content(file, of: ticket, at: owner) == file.content)
        #expect(try author.store.row(ticket) == nil)
        #expect(try province.chunkCount(at: author) == 0)
        #expect(try province.place(file, of: ticket, at: province.hub) == .atTwoPlaces)
    }

    @Test("a hub that starts a new epoch without the files is brought them again")
    func newEpoch() throws {
        let province = try TestProvince(branches: 1)
        let (branch, hub) = (province.branches[0], province.hub)
        let file = TestFile(bytes: chunk)
        let ticket = try province.ticket(at: branch)
        try province.attach(file, to: ticket, at: branch)
        try province.converge()
        let number = try #require(try hub.store.row(ticket)?.number)
        try hub.session { session in
            try session.store.forgetAttachments(of: number)
            try session.store.noteAttachments(of: session.store.row(number: number))
            session.life.cursor = FeedCursor(epoch: Epoch(number: 2, random: 1), chain: session.life.cursor.chain)
        }
        try branch.session { session in
            session.life.cursor = FeedCursor(epoch: Epoch(number: 2, random: 1), chain: session.life.cursor.chain)
        }
        #expect(try province.place(file, of: ticket, at: hub) == .onlyAtAuthor)
        try province.converge()
        #expect(try province.content(file, of: ticket, at: hub) == file.content)
        #expect(try province.place(file, of: ticket, at: hub) == .atTwoPlaces)
    }
}
