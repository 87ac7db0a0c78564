import Foundation
import Standards

/// A clerk of a soak: does what the plan says when it says so, and repeats what was not answered under the same key.
struct Clerk: Sendable {
    /// A clerk who is further behind leaves steps out, so that a node that comes back is not stormed, in seconds.
    static let lateMax = 3.0
    /// How long a call is repeated; longer than any node is down.
    static let patienceSeconds = 90.0
    private static let restSeconds = 0.1
    /// What a node may answer to a clerk who acts on what has changed since it was shown: not allowed, not there, not
    /// from this state, changed since. 401 comes from another node that was given the port of one that was killed.
    private static let lawful: Set<Int> = [403, 404, 409, 412]
    private static let misdirected = 401

    let counter: Counter
    let orders: ClerkOrders
    let tally: LoadTally
    /// What makes the keys of this clerk its own.
    let keys: String

    /// - Parameters:
    ///   - start: steady seconds at which the load begins.
    ///   - seconds: how long it lasts.
    func work(_ plan: ClerkPlan, from start: Double, seconds: Double) {
        var plan = plan
        var orders = orders
        var number = 0
        while true {
            let step = plan.next()
            guard step.at < seconds else { return }
            number += 1
            let early = start + step.at - Environment.steadySeconds()
            if early < -Self.lateMax {
                tally.skipped()
                continue
            }
            if early > 0 { Thread.sleep(forTimeInterval: early) }
            carryOut(step, key: "\(keys)-\(number)", &orders)
        }
    }

    private func carryOut(_ step: ClerkStep, key: String, _ orders: inout ClerkOrders) {
        let start = Environment.steadySeconds()
        var maker = orders
        defer { orders = maker }
        let order = answered(step.kind) { try maker.order(for: step, key: key, at: counter) }
        guard let order else { return }
        guard let order else { return tally.idle() }
        guard answered(step.kind, { try send(order, key: key) }) != nil else { return forget(order) }
        tally.done(step.kind, seconds: Environment.steadySeconds() - start)
    }

    /// Calls until there is an answer.
    ///
    /// - Returns: nil when it was refused, or never answered.
    private func answered<Value>(_ kind: ClerkStep.Kind, _ call: () throws -> Value) -> Value? {
        let end = Environment.steadySeconds() + Self.patienceSeconds
        while true {
            do {
                return try call()
            } catch let error as CommandError {
                if error.isRecoverable || error.status == Self.misdirected {
                    tally.unanswered()
                    guard Environment.steadySeconds() >= end else {
                        Thread.sleep(forTimeInterval: Self.restSeconds)
                        continue
                    }
                } else if error.status.map(Self.lawful.contains) == true {
                    tally.refused()
                    return nil
                }
                tally.unexpected("\(kind.rawValue): \(error)")
                return nil
            } catch {
                tally.unexpected("\(kind.rawValue): \(error)")
                return nil
            }
        }
    }

    private func send(_ order: ClerkOrder, key: String) throws {
        let (site, pool) = (counter.site.id, orders.pool)
        switch order {
        case .take(let body): pool.add(try counter.take(body, key: key), at: site)
        case .note(let text, let ticket): try counter.note(text, on: ticket, key: key)
        case .act(let body, let ticket): try counter.act(body, on: ticket, key: key)
        case .offer(let branch, let ticket):
            try counter.act(["action": "offerTransfer", "to": .string(branch)], on: ticket, key: key)
            pool.offer(ticket, to: branch)
        case .accept(let ticket):
            try counter.act(["action": "acceptTransfer"], on: ticket, key: key)
            pool.add(ticket, at: site)
        case .decide(let request, let charge): try decide(request, charge)
        case .read(let path, let query): _ = try counter.site.client.get(path, query.map { ($0.key, $0.value) })
        }
    }

    /// Asking again returns what was decided.
    private func decide(_ request: JSONValue, _ charge: String) throws {
        let answer = try counter.site.client.post(
            "/api/decisions", ["request": request, "outcome": "granted", "reason": "核实无误"])
        counter.ledger.recordOther()
        let state = answer.json["decision"]?["state"]?.stringValue
        if state == "granted" || state == "marked" { tally.granted(charge) }
    }

    /// A ticket that is not there any more is not tried again; an offer that has not arrived is.
    private func forget(_ order: ClerkOrder) {
        switch order {
        case .note(_, let ticket), .act(_, let ticket), .offer(_, let ticket):
            if !orders.isAtHub { orders.pool.remove(ticket, at: counter.site.id) }
        case .take, .accept, .decide, .read: break
        }
    }
}
