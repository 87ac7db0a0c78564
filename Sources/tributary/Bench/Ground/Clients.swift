import Dispatch
import Synchronization

/// Callers of a node who all ask at once, and again as soon as they are answered. They have no threads of their own, as
/// the connections of a node have none.
final class Clients: Sendable {
    private struct Course {
        var next = 0
        var failure: (any Error)?
    }

    /// Sends a request, and calls what it is given when it is answered.
    typealias Request = @Sendable (_ number: Int, _ answered: @escaping Answer) -> Void
    typealias Answer = @Sendable (Result<Void, any Error>) -> Void

    private let requests: Int
    private let request: Request
    private let course = Mutex(Course())
    private let queue = DispatchQueue(label: "tributary.bench.clients", attributes: .concurrent)
    private let group = DispatchGroup()

    private init(_ requests: Int, _ request: @escaping Request) {
        self.requests = requests
        self.request = request
    }

    /// Makes requests, so many at a time, and waits for their answers.
    /// - Throws: the first error, after all have ended.
    static func make(_ requests: Int, by count: Int, _ request: @escaping Request) throws {
        let clients = Clients(requests, request)
        for _ in 0..<count {
            clients.group.enter()
            clients.queue.async { clients.ask() }
        }
        clients.group.wait()
        if let failure = clients.course.withLock({ $0.failure }) { throw failure }
    }

    /// Runs what each does by itself, all at once, and waits for them.
    /// - Throws: the first error, after all have ended.
    static func each(_ count: Int, _ work: @escaping @Sendable (_ client: Int) throws -> Void) throws {
        let failures = Mutex<[Int: any Error]>([:])
        DispatchQueue.concurrentPerform(iterations: count) { client in
            do { try work(client) } catch { failures.withLock { $0[client] = error } }
        }
        if let failure = failures.withLock({ $0.min { $0.key < $1.key }?.value }) { throw failure }
    }

    private func ask() {
        let number = course.withLock { course -> Int? in
            guard course.next < requests, course.failure == nil else { return nil }
            defer { course.next += 1 }
            return course.next
        }
        guard let number else { return group.leave() }
        request(number) { result in
            if case .failure(let error) = result { self.course.withLock { $0.failure = $0.failure ?? error } }
            self.queue.async { self.ask() }
        }
    }
}
