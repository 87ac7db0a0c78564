import Testing

@testable import Replication

/// A backup of the hub that was verified on another disk is a second place.
struct NotedBackupTests {
    private let province: TestProvince
    private let first: TestSite
    private let second: TestSite

    init() throws {
        province = try TestProvince(branches: 2)
        first = province.branches[0]
        second = province.branches[1]
        try province.converge()
    }

    /// What `tributary backup` reads from its copy and has noted.
    private func noteBackup() throws -> Bool {
        let life = try province.hub.life()
        return try province.hub.session {
            try $0.store.note(
                NotedBackup(admission: life.admission, time: province.now, place: "/mnt/backup"), of: life.cursor.epoch)
        }
    }

    private func moved(_ ticket: EntityID) throws {
        try province.write(TestProvince.home(second), on: ticket, at: first)
        try province.sync(first)
        try province.sync(first)
    }

    @Test("a copy is erased when a verified backup holds all of it, though the new owner is away, and not before")
    func counts() throws {
        let ticket = try province.ticket(at: first)
        try province.sync(first)
        #expect(try noteBackup())
        try moved(ticket)
        #expect(try first.store.row(ticket)?.isWithdrawn == true)
        #expect(try noteBackup())
        try province.sync(first)
        #expect(try first.store.row(ticket) == nil)
        try province.converge()
        try province.checkAgreement()
    }

    @Test("a file that came after the backup keeps the copy where it was until another backup holds it")
    func files() throws {
        let file = TestFile(bytes: 70_000)
        let ticket = try province.ticket(at: first)
        try province.putIn(file, at: first)
        try province.write(.attach(file.attachment), on: ticket, at: first)
        try province.exchange(.hello, first)
        try province.exchange(.push, first)
        #expect(try province.chunkCount(at: province.hub) == 0)
        try province.write(TestProvince.home(second), on: ticket, at: first)
        try province.exchange(.push, first)
        #expect(try noteBackup())
        try province.sync(first)
        try province.sync(first)
        #expect(try province.chunkCount(at: province.hub) == 2)
        #expect(try first.store.row(ticket)?.isWithdrawn == true)
        _ = try province.ticket(at: first)
        try province.sync(first)
        #expect(try noteBackup())
        try province.sync(first)
        #expect(try first.store.row(ticket) == nil)
    }

    @Test("a backup of another epoch, or of more than the hub has given out, is not noted; a new epoch forgets it")
    func ofThisEpoch() throws {
        let life = try province.hub.life()
        let backup = NotedBackup(admission: life.admission, time: 1, place: "/mnt/backup")
        let beyond = NotedBackup(admission: life.admission + 1, time: 1, place: "/mnt/backup")
        let noted = try province.hub.session { session in
            let store = session.store
            return try [
                store.note(backup, of: Epoch(number: 1, random: 7)), store.note(beyond, of: life.cursor.epoch),
                store.note(backup, of: life.cursor.epoch),
            ]
        }
        #expect(noted == [false, false, true])
        #expect(try province.hub.store.notedBackup() == backup)
        try province.beginEpoch()
        #expect(try province.hub.store.notedBackup() == nil)
    }
}
