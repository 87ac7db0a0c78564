import Dispatch
import Foundation
import Glibc
import SQLite
import Synchronization

/// A site's database as a process uses it: one connection that writes, on a queue of its own, and a few that only read.
public final class Storage: Sendable {
    /// Reading connections; reads beyond this wait for one another.
    public static let readers = 4
    /// A group waits so long for others in all, and so long for the next one.
    static let gatheringNanoseconds: UInt64 = 400_000
    static let lullNanoseconds: UInt64 = 40_000

    /// A reading connection, used by one thread at a time.
    private final class Reader: Sendable {
        private struct Box { let database: Database }
        private let box: Mutex<Box>

        init(path: String) throws {
            box = Mutex(Box(database: try Database(path: path, mode: .readOnly)))
        }

        /// Nil when another thread has the connection.
        func readIfFree<T: Sendable>(_ body: @Sendable (Database) throws -> T) throws -> T? {
            try box.withLockIfAvailable { box in
                try box.database.transaction(.deferred) { try body(box.database) }
            }
        }

        func read<T: Sendable>(_ body: @Sendable (Database) throws -> T) throws -> T {
            try box.withLock { box in try box.database.transaction(.deferred) { try body(box.database) } }
        }
    }

    public let path: String
    public let writer: GroupWriter
    private let queue = DispatchQueue(label: "tributary.writer")
    private let pool: [Reader]
    private let turn = Atomic<Int>(0)
    /// How many have asked lately at a time.
    private let company = Atomic<Int>(0)
    /// The commit that failed last.
    private let failure = Mutex<SQLiteError?>(nil)

    /// Opens the database and brings its tables up to date.
    public init(path: String, migrations: @Sendable () -> [Migration]) throws {
        self.path = path
        writer = GroupWriter(database: try Database(path: path, mode: .readWriteCreate))
        try writer.withDatabase { try $0.migrate(migrations()) }
        pool = try (0..<Self.readers).map { _ in try Reader(path: path) }
    }

    /// Runs a job in the next group; its completion is called on the writer's queue when the commit has returned.
    public func write<T: Sendable>(
        _ name: String, _ job: @escaping @Sendable (Database) throws -> T,
        completion: @escaping @Sendable (Result<T, any Error>) -> Void
    ) {
        do {
            let isFirst = try writer.enqueue(name, job) { result in
                if case .failure(let error as SQLiteError) = result, error.kind == .outcomeUnknown {
                    // The first tells why; those that waited behind it are only told that the writer has stopped.
                    self.failure.withLock { if $0 == nil { $0 = error } }
                }
                completion(result)
            }
            // Whoever finds the queue empty sees to it; the others' jobs go along.
            if isFirst { queue.async { self.drain() } }
        } catch {
            completion(.failure(error))
        }
    }

    private func drain() {
        guard writer.waitingCount > 0 else { return }
        gather()
        let summary = writer.drain()
        company.store(summary.committed / max(1, summary.groups) + summary.waiting, ordering: .relaxed)
        // What came in meanwhile behind jobs that still waited has told nobody.
        if summary.waiting > 0 { queue.async { self.drain() } }
        if writer.state == .outcomeUnknown { openAgain() }
    }

    /// Those who were answered a moment ago often ask again: while they come one upon the other, the group waits for
    /// them, since it costs one sync whoever is in it. Whoever is alone waits for nobody.
    private func gather() {
        let company = company.load(ordering: .relaxed)
        guard company > 1 else { return }
        var (seen, last) = (writer.waitingCount, DispatchTime.now().uptimeNanoseconds)
        let end = last + Self.gatheringNanoseconds
        while seen < company {
            sched_yield()
            let (count, now) = (writer.waitingCount, DispatchTime.now().uptimeNanoseconds)
            if count > seen { (seen, last) = (count, now) }
            if now > end || now > last + Self.lullNanoseconds { return }
        }
    }

    private func openAgain() {
        let failure = failure.withLock { failure in
            defer { failure = nil }
            return failure
        }
        writer.recover(after: failure) { try Database(path: self.path, mode: .readWriteCreate) }
    }

    /// Reads one snapshot on the first connection that is free, since its pages are the warmest, or waits for one.
    public func read<T: Sendable>(_ body: @Sendable (Database) throws -> T) throws -> T {
        for reader in pool {
            if let value = try reader.readIfFree(body) { return value }
        }
        let index = turn.wrappingAdd(1, ordering: .relaxed).newValue
        return try pool[abs(index % pool.count)].read(body)
    }

    /// Waits for the jobs that are in the queue, then closes the writer.
    public func close() {
        queue.sync { drain() }
        writer.close()
    }
}
