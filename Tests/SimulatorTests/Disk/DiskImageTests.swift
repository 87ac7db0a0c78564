import SQLite
import Testing

@testable import Simulator

@Suite(.serialized)
struct DiskImageTests {
    private let disk = SimulatedDisk(name: "image", seed: 1)
    private let path = SimulatedVFS.path("tributary.db", on: "image")

    init() { SimulatedVFS.install(asDefault: false).attach(disk, as: "image") }

    private func open() throws -> Database {
        try Database(path: path, mode: .readWriteCreate, vfs: SimulatedVFS.name)
    }

    private func rows() throws -> Int64 {
        let database = try open()
        defer { database.close() }
        return try database.first("SELECT count(*) FROM item") { $0.int64(0) } ?? 0
    }

    private func insert(_ database: Database) throws { try database.run("INSERT INTO item VALUES (NULL)") }

    @Test("A backup taken while a database is open holds what was committed by then, and is put back whole")
    func aBackupTakenWhile() throws {
        let database = try open()
        try database.execute("CREATE TABLE item (number INTEGER PRIMARY KEY)")
        try insert(database)
        try disk.write([1], to: "starts")
        let backup = disk.image
        try insert(database)
        try disk.write([2], to: "starts")
        disk.replace(with: backup, keepsSideFiles: true)
        database.close()
        #expect(try rows() == 1)
        #expect(disk.read("starts") == [2])
        disk.replace(with: backup)
        #expect(disk.read("starts") == [1])
        #expect(try rows() == 1)
    }

    @Test("Whoever had a file open when the contents were replaced can do nothing with it")
    func whoeverHadAFile() throws {
        let database = try open()
        try database.execute("CREATE TABLE item (number INTEGER PRIMARY KEY)")
        disk.replace(with: .empty)
        #expect(throws: (any Error).self) { try insert(database) }
        database.close()
        #expect(disk.fileNames == [])
        #expect(disk.usedBytes == 0)
    }
}
