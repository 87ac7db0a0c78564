import Replication

/// What answers at the hub's end of every line.
public protocol HubEndpoint: AnyObject {
    /// Takes a request whose sender the line identifies. `reply` is called once, or never if `gone` comes first.
    func receive(
        _ body: [UInt8], _ lane: ExchangeRequest.Lane, from site: Int, call: UInt64,
        reply: @escaping (NetworkReply) -> Void)
    /// Nobody waits for this call's reply any longer.
    func gone(_ call: UInt64)
}

public struct NetworkReply {
    public let status: Int
    public let body: [UInt8]

    public init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

/// Why a call brought no reply.
public enum CallFailure: String, Error, Sendable {
    case noAnswer = "no answer in time"
    case refused = "the connection was refused"
    case reset = "the connection was reset"
}

/// A star of lines with the hub in the middle. Connections are simulated as calls: one round trip to connect, a body
/// up, a reply down; cut off at any byte, answered by others, delivered twice or late, or unanswered after the hub has
/// done its work.
public final class SimulatedNetwork {
    /// A page that is no answer of ours.
    static let captivePage = Array("<html><body>Please sign in to use this network.</body></html>".utf8)
    /// How late the second copy of a request, or one that is overtaken, may come, in seconds.
    static let lateSeconds: ClosedRange<Int64> = 1...90

    private final class Call {
        let number: UInt64
        let site: Int
        let cuts: Int
        var isConnected = false
        var isAtHub = false
        var completion: ((Result<NetworkReply, CallFailure>) -> Void)?

        init(
            _ number: UInt64, _ site: Int, cuts: Int,
            _ completion: @escaping (Result<NetworkReply, CallFailure>) -> Void
        ) {
            self.number = number
            self.site = site
            self.cuts = cuts
            self.completion = completion
        }
    }

    /// Who listens; nil while the hub's process is down.
    public weak var hub: (any HubEndpoint)?
    /// Told of every body: whose line, whether towards the hub, when it was sent, when it arrived if it did.
    public var observe: ((Int, Bool, VirtualTime, VirtualTime?, [UInt8]) -> Void)?
    /// Everything that arrived and when: of two runs that differ in it the sites have met different things.
    private(set) var travelled = RunDigest()
    private let kernel: Kernel
    private var links: [Link]
    private var randoms: [RandomStream]
    private var calls: [UInt64: Call] = [:]
    private var next: UInt64 = 0

    /// - Parameter conditions: of each site's line, by the site's number; the hub's own, number 0, is not used.
    public init(_ kernel: Kernel, names: [String], conditions: [LinkCondition]) {
        self.kernel = kernel
        links = conditions.map { Link($0) }
        randoms = names.map { kernel.stream($0, "network") }
    }

    public func condition(of site: Int) -> LinkCondition { links[site].condition }

    public func set(_ condition: LinkCondition, of site: Int) { links[site].set(condition) }

    public func bytes(of site: Int) -> (up: Int64, down: Int64) { (links[site].bytesUp, links[site].bytesDown) }

    /// - Parameters:
    ///   - connect: for the connection, if it is to take less than the call.
    ///   - deadline: for the whole call.
    public func post(
        _ body: [UInt8], _ lane: ExchangeRequest.Lane, from site: Int, connect: VirtualTime? = nil,
        deadline: VirtualTime,
        completion: @escaping (Result<NetworkReply, CallFailure>) -> Void
    ) {
        next += 1
        let call = Call(next, site, cuts: links[site].cuts, completion)
        calls[call.number] = call
        kernel.after(deadline, "deadline", site: site) { [unowned self] in abandon(call, .noAnswer) }
        if let connect, connect < deadline {
            kernel.after(connect, "connect", site: site) { [unowned self] in
                if !call.isConnected, call.completion != nil { abandon(call, .noAnswer) }
            }
        }
        let condition = links[site].condition
        if condition.isCaptive {
            kernel.after(condition.delay + condition.delay, "captive", site: site) { [unowned self] in
                finish(call, .success(NetworkReply(status: 200, body: Self.captivePage)))
            }
            return
        }
        guard condition.carriesUp, condition.carriesDown || condition.canSend else { return lost(site, body) }
        // Where nothing comes back no connection is made, and nothing is sent; what may pass is a request whose
        // connection stood before, which one in two stands for.
        if !condition.carriesDown && randoms[site].happens(perMille: 500) { return lost(site, body) }
        let connected = condition.delay + condition.delay
        let copies = randoms[site].happens(perMille: condition.duplicatePerMille) ? 2 : 1
        kernel.after(connected, "connected", site: site) { [unowned self] in
            for copy in 0..<copies { upload(call, body, lane, isCopy: copy > 0) }
        }
    }

    /// A branch's process has ended: its connections are closed.
    public func branchDied(_ site: Int) {
        let open = calls.values.filter { $0.site == site }.sorted { $0.number < $1.number }
        for call in open {
            call.completion = nil
            tellGone(call)
        }
    }

    /// The hub's process has ended: what it had open is reset, unless its machine lost power and says nothing.
    public func hubDied(isSilent: Bool) {
        let open = calls.values.filter(\.isAtHub).sorted { $0.number < $1.number }
        for call in open {
            call.isAtHub = false
            guard !isSilent, links[call.site].condition.carriesDown else { continue }
            kernel.after(links[call.site].condition.delay, "reset", site: call.site) { [unowned self] in
                finish(call, .failure(.reset))
            }
        }
    }

    private func lost(_ site: Int, _ body: [UInt8]) { observe?(site, true, kernel.now, nil, body) }

    private func upload(_ call: Call, _ body: [UInt8], _ lane: ExchangeRequest.Lane, isCopy: Bool) {
        let site = call.site
        let condition = links[site].condition
        let sent = kernel.now
        guard links[site].cuts == call.cuts, condition.carriesUp else { return lost(site, body) }
        call.isConnected = true
        if !isCopy, randoms[site].happens(perMille: condition.resetPerMille), randoms[site].happens(perMille: 500) {
            let part = Int(randoms[site].below(Int64(body.count + 1)))
            let end = links[site].send(part, isUp: true, at: sent, &randoms[site]) ?? sent
            lost(site, body)
            return kernel.at(end, "reset", site: site) { [unowned self] in finish(call, .failure(.reset)) }
        }
        guard var end = links[site].send(body.count, isUp: true, at: sent, &randoms[site]) else {
            return lost(site, body)
        }
        if isCopy || randoms[site].happens(perMille: condition.reorderPerMille) {
            end += .seconds(randoms[site].within(Self.lateSeconds))
        }
        let cuts = links[site].cuts
        let delivered = corrupted(body, of: site)
        kernel.at(end, "request", site: site) { [unowned self] in
            guard links[site].cuts == cuts || isCopy else { return lost(site, body) }
            observe?(site, true, sent, kernel.now, body)
            note(delivered)
            arrive(call, delivered, lane, isCopy: isCopy)
        }
    }

    private func note(_ delivered: [UInt8]) {
        kernel.note(delivered)
        travelled.absorb(UInt64(bitPattern: kernel.now.microseconds))
        travelled.absorb(delivered)
    }

    private func corrupted(_ body: [UInt8], of site: Int) -> [UInt8] {
        guard !body.isEmpty, randoms[site].happens(perMille: links[site].condition.corruptPerMille) else { return body }
        var body = body
        let index = Int(randoms[site].below(Int64(body.count)))
        body[index] ^= UInt8(1 << randoms[site].below(8))
        return body
    }

    private func arrive(_ call: Call, _ body: [UInt8], _ lane: ExchangeRequest.Lane, isCopy: Bool) {
        guard let hub else {
            if isCopy { return }
            return kernel.after(links[call.site].condition.delay, "refused", site: call.site) { [unowned self] in
                finish(call, .failure(.refused))
            }
        }
        if isCopy {
            next += 1
            return hub.receive(body, lane, from: call.site, call: next) { _ in }
        }
        // Whoever has given up meanwhile may still be heard: the hub does its work, and the reply finds nobody.
        call.isAtHub = calls[call.number] != nil
        hub.receive(body, lane, from: call.site, call: call.number) { [weak self, weak call] reply in
            guard let self, let call else { return }
            call.isAtHub = false
            download(call, reply, lane)
        }
    }

    private func download(_ call: Call, _ reply: NetworkReply, _ lane: ExchangeRequest.Lane) {
        let site = call.site
        let condition = links[site].condition
        let sent = kernel.now
        guard call.completion != nil, condition.carriesDown else {
            observe?(site, false, sent, nil, reply.body)
            return
        }
        let isReset = randoms[site].happens(perMille: condition.resetPerMille / 2)
        if isReset || randoms[site].happens(perMille: condition.replyLostPerMille) {
            observe?(site, false, sent, nil, reply.body)
            let part = Int(randoms[site].below(Int64(reply.body.count + 1)))
            let end = links[site].send(part, isUp: false, at: sent, &randoms[site]) ?? sent
            return kernel.at(end, "reply lost", site: site) { [unowned self] in finish(call, .failure(.reset)) }
        }
        guard let end = links[site].send(reply.body.count, isUp: false, at: sent, &randoms[site]) else { return }
        let cuts = links[site].cuts
        let delivered = corrupted(reply.body, of: site)
        kernel.at(end, "reply", site: site) { [unowned self] in
            guard links[site].cuts == cuts else {
                observe?(site, false, sent, nil, reply.body)
                return
            }
            observe?(site, false, sent, kernel.now, reply.body)
            note(delivered)
            finish(call, .success(NetworkReply(status: reply.status, body: delivered)))
        }
    }

    private func abandon(_ call: Call, _ failure: CallFailure) {
        guard call.completion != nil else {
            calls[call.number] = nil
            return
        }
        tellGone(call)
        finish(call, .failure(failure))
    }

    private func tellGone(_ call: Call) {
        calls[call.number] = nil
        guard call.isAtHub, links[call.site].condition.carriesUp else { return }
        kernel.after(links[call.site].condition.delay, "gone", site: call.site) { [weak self] in
            self?.hub?.gone(call.number)
        }
    }

    private func finish(_ call: Call, _ result: Result<NetworkReply, CallFailure>) {
        calls[call.number] = nil
        guard let completion = call.completion else { return }
        call.completion = nil
        completion(result)
    }
}
