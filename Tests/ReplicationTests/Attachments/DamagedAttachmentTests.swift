import Testing

@testable import Replication

@Suite("Chunks that are not what they should be")
struct DamagedAttachmentTests {
    private let chunk = AttachmentLimits.bytesInChunk

    /// A file of three and a bit chunks that the hub has said it lacks.
    private func province() throws -> (TestProvince, TestFile, EntityID) {
        let province = try TestProvince(branches: 1)
        let branch = province.branches[0]
        let file = TestFile(bytes: 3 * chunk + 9)
        let ticket = try province.ticket(at: branch)
        try province.attach(file, to: ticket, at: branch)
        try province.exchange(.hello, branch)
        try province.exchange(.push, branch)
        try province.exchange(.attachments, branch)
        return (province, file, ticket)
    }

    private func part(_ original: AttachmentPart, bytes: [UInt8]? = nil, number: Int? = nil) -> AttachmentPart {
        AttachmentPart(
            name: original.name, number: number ?? original.number, bytes: bytes ?? original.bytes,
            checksum: original.checksum)
    }

    @Test("a truncated, a swapped and a flipped chunk are refused and asked for again")
    func refusedChunks() throws {
        let (province, file, ticket) = try province()
        let branch = province.branches[0]
        var standing: AttachmentAnswer.Offered?
        _ = try province.exchangeFiles(branch) { request in
            #expect(request.parts.count == 4)
            var flipped = request.parts[3].bytes
            flipped[2] ^= 1
            request.parts = [
                part(request.parts[0], bytes: Array(request.parts[0].bytes.dropLast())),
                part(request.parts[1], number: 2), request.parts[2], part(request.parts[3], bytes: flipped),
            ]
        } answer: {
            standing = $0.offered.first?.standing
        }
        guard case .lacking(let map) = standing else {
            Issue.record("the hub lacks nothing")
            return
        }
        #expect(map.missing == [0, 1, 3])
        try province.converge()
        #expect(try province.content(file, of: ticket, at: province.hub) == file.content)
        #expect(try province.incidents(at: province.hub).isEmpty)
    }

    @Test("a whole copy that is not what its hash says is dropped, asked for again, and an incident the third time")
    func wrongContent() throws {
        let (province, file, ticket) = try province()
        let branch = province.branches[0]
        for attempt in 1...3 {
            var last: AttachmentAnswer.Offered?
            for _ in 0..<3 where last != .damaged {
                _ = try province.exchangeFiles(branch) { request in
                    // Sound by themselves, and in each other's place.
                    request.parts = request.parts.map {
                        AttachmentPart(
                            name: $0.name, number: $0.number, bytes: $0.bytes.map { _ in UInt8(attempt) })
                    }
                } answer: {
                    last = $0.offered.first?.standing
                }
                if case .lacking(let map) = last, map.held == 0, attempt < 3 { break }
            }
            #expect(try province.held(file, of: ticket, at: province.hub)?.bytesHere == 0, "attempt \(attempt)")
            #expect(try province.incidents(at: province.hub).count == attempt / 3)
        }
        #expect(try province.incidents(at: province.hub).first?.contains("branch-1") == true)
        try expectAnHourAlone(branch, in: province)
        try province.converge()
        #expect(try province.content(file, of: ticket, at: province.hub) == file.content)
        #expect(try province.incidents(at: province.hub).count == 1)
    }

    @Test("a branch whose own copy has rotted finds out, and does not call it whole any more")
    func rottenAuthor() throws {
        let (province, file, ticket) = try province()
        let branch = province.branches[0]
        try branch.database.run(
            "UPDATE chunk SET bytes = ? WHERE place % 1024 = 1", [UInt8](repeating: 0, count: chunk))
        for _ in 0..<12 { try province.exchange(.attachments, branch) }
        #expect(try province.held(file, of: ticket, at: branch)?.isHere == false)
        #expect(try province.chunkCount(at: branch) == 0)
        #expect(try province.incidents(at: province.hub).count == 1)
    }

    @Test("damage on the way down is refused and asked for again too")
    func damagedAnswers() throws {
        let province = try TestProvince(branches: 2)
        let (author, member) = (province.branches[0], province.branches[1])
        let file = TestFile(bytes: 3 * chunk + 9)
        let ticket = try province.ticket(at: author, sharedWith: [member])
        try province.attach(file, to: ticket, at: author)
        try province.sync(author)
        try province.exchange(.hello, member)
        while try province.held(file, of: ticket, at: member) == nil { try province.exchange(.poll, member) }
        _ = try province.exchangeFiles(
            member,
            answer: { answer in
                answer.parts = answer.parts.enumerated().map { index, item in
                    switch index {
                    case 0: part(item, bytes: Array(item.bytes.dropLast()))
                    case 1: part(item, number: 2)
                    default: item
                    }
                }
            })
        #expect(try province.held(file, of: ticket, at: member)?.bytesHere == chunk + 9)
        // A hub whose disk has rotted: sound chunks that are not the file's.
        for _ in 0..<AttachmentLimits.damagedCopies {
            _ = try province.exchangeFiles(
                member,
                answer: { answer in
                    answer.parts = answer.parts.map {
                        AttachmentPart(name: $0.name, number: $0.number, bytes: $0.bytes.map { ~$0 })
                    }
                })
        }
        #expect(try province.held(file, of: ticket, at: member)?.isHere == false)
        #expect(try province.incidents(at: member).count == 1)
        try expectAnHourAlone(member, in: province)
        try province.converge()
        #expect(try province.content(file, of: ticket, at: member) == file.content)
    }

    /// The line is not filled again and again with what comes damaged each time.
    private func expectAnHourAlone(_ site: TestSite, in province: TestProvince) throws {
        func ask(after milliseconds: Int64) throws -> Bool {
            province.now += milliseconds
            try site.session { _ = try $0.take($0.store.nextContents(), at: province.now) }
            return try !province.prepare(.attachments, at: site).request.isEmpty
        }
        #expect(try !ask(after: AttachmentLimits.damagedMilliseconds - 1))
        #expect(try ask(after: 1))
    }

    @Test("a file that was left alone is spoken of again once the hub holds it for another ticket")
    func leftAloneWithAnother() throws {
        let (province, file, ticket) = try province()
        let branch = province.branches[0]
        var last: AttachmentAnswer.Offered?
        for _ in 0..<AttachmentLimits.damagedCopies * 3 where last != .damaged {
            _ = try province.exchangeFiles(branch) {
                $0.parts = $0.parts.map(Self.spoilt)
            } answer: {
                last = $0.offered.first?.standing
            }
        }
        #expect(last == .damaged)
        let other = try province.ticket(at: branch)
        try province.attach(file, to: other, at: branch)
        try province.converge()
        for ticket in [ticket, other] {
            #expect(try province.content(file, of: ticket, at: province.hub) == file.content)
            #expect(try province.place(file, of: ticket, at: branch) == .atTwoPlaces)
        }
    }

    @Test("a copy that came damaged does not matter where the hub has the file for another ticket by then")
    func damagedWithAnother() throws {
        let province = try TestProvince(branches: 1)
        let branch = province.branches[0]
        let file = TestFile(bytes: 700)
        let (ticket, other) = (try province.ticket(at: branch), try province.ticket(at: branch))
        for ticket in [ticket, other] { try province.attach(file, to: ticket, at: branch) }
        for step in [ExchangeRequest.Lane.hello, .push, .attachments] { try province.exchange(step, branch) }
        var last: [AttachmentAnswer.Offered] = []
        for copy in 1...AttachmentLimits.damagedCopies {
            _ = try province.exchangeFiles(branch) { request in
                request.parts = request.parts.compactMap { part in
                    // The other ticket's comes sound, along with the last damaged one.
                    if part.name.entity == other { return copy == AttachmentLimits.damagedCopies ? part : nil }
                    return Self.spoilt(part)
                }
            } answer: {
                last = $0.offered.map(\.standing)
            }
        }
        #expect(last == [.held, .held])
        #expect(try province.content(file, of: ticket, at: province.hub) == file.content)
    }

    /// Another file's chunk, which is sound by itself.
    private static func spoilt(_ part: AttachmentPart) -> AttachmentPart {
        AttachmentPart(name: part.name, number: part.number, bytes: part.bytes.map { ~$0 })
    }

    @Test("what somebody put in at the hub, and a ticket of a branch names since, is not forgotten")
    func looseAtTheHub() throws {
        let province = try TestProvince(branches: 1)
        let branch = province.branches[0]
        let file = TestFile(bytes: 700)
        try province.putIn(file, at: province.hub)
        let ticket = try province.ticket(at: branch)
        try province.attach(file, to: ticket, at: branch)
        try province.converge()
        province.now += 2 * AttachmentLimits.uploadMilliseconds
        try province.putIn(TestFile(bytes: 900, tag: 2), at: province.hub)
        #expect(try province.content(file, of: ticket, at: province.hub) == file.content)
    }

    @Test("chunks that nobody asked for are not kept")
    func uninvited() throws {
        let province = try TestProvince(branches: 2)
        let file = TestFile(bytes: 100)
        let ticket = try province.ticket(at: province.branches[0], sharedWith: [province.branches[1]])
        try province.converge()
        let name = AttachmentName(entity: ticket, hash: file.hash)
        let uninvited = AttachmentPart(name: name, number: 0, bytes: file.content)
        _ = try province.exchangeFiles(province.branches[0]) { $0.parts = [uninvited] }
        _ = try province.exchangeFiles(province.branches[1], answer: { $0.parts = [uninvited] })
        for site in province.sites { #expect(try province.chunkCount(at: site) == 0, "\(site.id)") }
    }
}
