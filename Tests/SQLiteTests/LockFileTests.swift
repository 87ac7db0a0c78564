import Foundation
import SQLite
import Testing

@Suite("Lock file")
struct LockFileTests {
    let folder: TemporaryFolder
    var path: String { folder.file("lock") }

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Runs `flock --nonblock` of util-linux on the file; its status is 0 when the lock was free.
    private func otherProcessCanLock() throws -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        process.arguments = ["--nonblock", path, "true"]
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    @Test("another process cannot take the lock while it is held, and can after it was released")
    func excludesOthers() throws {
        let lock = try LockFile(path: path, name: "tributary site")
        #expect(try !otherProcessCanLock())
        lock.release()
        lock.release()
        #expect(try otherProcessCanLock())
    }

    @Test("a second holder is refused with the first one's process, name and what to do")
    func refusal() throws {
        let lock = try LockFile(path: path, name: "tributary site")
        let error = #expect(throws: SQLiteError.self) { try LockFile(path: path, name: "second") }
        #expect(error?.kind == .locked)
        #expect(error?.message.contains("process \(getpid()), tributary site") == true)
        #expect(error?.hint.contains("stop the other process") == true)
        #expect(error?.isRecoverable == false)
        lock.release()
        _ = try LockFile(path: path, name: "third")
    }

    @Test("a lock held by another process is refused until that process is killed, without any cleaning up")
    func otherHolder() throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        // Without a fork the process that is killed is the one that holds the lock.
        process.arguments = [
            "--no-fork", path, "sh", "-c", "echo process $$, other > \"$0\"; echo held; exec cat", path,
        ]
        process.standardInput = Pipe()
        process.standardOutput = output
        try process.run()
        #expect(output.fileHandleForReading.readData(ofLength: 5) == Data("held\n".utf8))
        let error = #expect(throws: SQLiteError.self) { try LockFile(path: path, name: "second") }
        #expect(error?.message.contains("process \(process.processIdentifier), other") == true)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        _ = try LockFile(path: path, name: "second")
    }

    @Test("a lock that is let go of is released")
    func deinitialised() throws {
        do {
            let lock = try LockFile(path: path, name: "first")
            try #require(try !otherProcessCanLock())
            withExtendedLifetime(lock) {}
        }
        #expect(try otherProcessCanLock())
    }

    @Test("the note is cut at its limit, and one that is not text names no holder")
    func note() throws {
        let lock = try LockFile(path: path, name: String(repeating: "n", count: 1_000))
        #expect(folder.size(of: "lock") == LockFile.noteByteLimit)
        try Data([0, 1, 2]).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: SQLiteError.self) { try LockFile(path: path, name: "second") }
        #expect(error?.message.contains("another process") == true)
        withExtendedLifetime(lock) {}
    }

    @Test("a folder that is missing is an error that says so")
    func missingFolder() throws {
        let error = #expect(throws: SQLiteError.self) {
            try LockFile(path: folder.file("missing/lock"), name: "first")
        }
        #expect(error?.kind == .ioError)
        #expect(error?.message.contains("No such file") == true)
    }
}
