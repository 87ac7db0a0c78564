import Replication
import SQLite

/// Holds one promise against what happens. It looks with its own eyes, through SQL and the journal, and shares no code
/// with what it checks.
protocol Checker: AnyObject {
    /// As in the specification.
    var number: Int { get }
    var name: String { get }
    var isLiveness: Bool { get }
    /// What it waits for that cannot be exercised yet; nil for all others.
    var waitsFor: String? { get }
    var tally: Tally { get }

    /// A process has started on what a disk had kept, and nothing has been written since.
    func started(_ site: SimulatedSite, in world: World)
    /// A person is writing a change; the database is as the writer sees it before the commit.
    func wrote(_ change: Change, at site: SimulatedSite, in database: Database, _ world: World)
    /// A person was told that a change is kept.
    func acknowledged(_ entry: Journal.Entry, at site: SimulatedSite, took: VirtualTime, in world: World)
    /// A write came to nothing, after so long.
    func failed(at site: SimulatedSite, took: VirtualTime, in world: World)
    func logged(_ line: String, at site: SimulatedSite, in world: World)
    func framed(_ bytes: Int, at site: SimulatedSite, in world: World)
    func took(_ request: ExchangeRequest, _ turn: HubTurn, from site: Int, in world: World)
    func applied(_ lane: ExchangeRequest.Lane, at site: SimulatedSite, in world: World)
    /// A branch sends a request.
    func asked(_ lane: ExchangeRequest.Lane, at site: SimulatedSite, in world: World)
    /// A request that can be read waits for its turn at the hub's writer.
    func queued(_ call: UInt64, from site: Int, in world: World)
    /// It is at the writer.
    func hadItsTurn(_ call: UInt64, in world: World)
    /// It will not come to the writer.
    func dropped(_ call: UInt64, in world: World)
    /// A branch has taken an answer that has taken it further.
    func gotOn(_ lane: ExchangeRequest.Lane, at site: SimulatedSite, in world: World)
    /// A branch has held what it has against the hub's sums.
    func proved(_ isEqual: Bool, at site: SimulatedSite, in world: World)
    /// A site has found entities damaged on its disk, and mended them.
    func mended(at site: SimulatedSite, in world: World)
    /// A process has ended, in whatever way.
    func stopped(_ site: SimulatedSite, in world: World)
    /// A machine has lost its power; what was not synced may be gone.
    func lostPower(_ site: SimulatedSite, in world: World)
    /// A site has corrected the times of changes that had not left it.
    func corrected(at site: SimulatedSite, in world: World)
    /// A person has asked a site to write something, under a number of the rehearsal's own.
    func turned(to site: SimulatedSite, with number: Int, in world: World)
    /// The person was told what became of it.
    func told(at site: SimulatedSite, of number: Int, in world: World)
    /// A site's disk is about to lose its contents; nothing runs on it.
    func replacing(_ site: SimulatedSite, in world: World)
    /// A site's disk has other contents from now on.
    func replaced(_ site: SimulatedSite, in world: World)
    /// A site goes on under a new origin.
    func renewed(_ site: SimulatedSite, in world: World)
    /// The hub has filled an answer for a branch from what it holds at this moment.
    func answering(_ answer: ExchangeAnswer, _ body: [UInt8], to site: Int, in world: World)
    /// A refund has just been paid.
    func paid(_ payment: PaymentOffice.Payment, in world: World)
    /// A customer has just been told of the step that a change took.
    func told(of change: Journal.Key, in world: World)
    /// Every simulated hour.
    func hour(_ world: World)
    /// The province had the time that it should need; whether it became level is in ``World/isSettled``.
    func ended(_ world: World)
}

extension Checker {
    var isLiveness: Bool { false }
    var waitsFor: String? { nil }
    func started(_ site: SimulatedSite, in world: World) {}
    func wrote(_ change: Change, at site: SimulatedSite, in database: Database, _ world: World) {}
    func acknowledged(_ entry: Journal.Entry, at site: SimulatedSite, took: VirtualTime, in world: World) {}
    func failed(at site: SimulatedSite, took: VirtualTime, in world: World) {}
    func logged(_ line: String, at site: SimulatedSite, in world: World) {}
    func framed(_ bytes: Int, at site: SimulatedSite, in world: World) {}
    func took(_ request: ExchangeRequest, _ turn: HubTurn, from site: Int, in world: World) {}
    func applied(_ lane: ExchangeRequest.Lane, at site: SimulatedSite, in world: World) {}
    func asked(_ lane: ExchangeRequest.Lane, at site: SimulatedSite, in world: World) {}
    func queued(_ call: UInt64, from site: Int, in world: World) {}
    func hadItsTurn(_ call: UInt64, in world: World) {}
    func dropped(_ call: UInt64, in world: World) {}
    func gotOn(_ lane: ExchangeRequest.Lane, at site: SimulatedSite, in world: World) {}
    func proved(_ isEqual: Bool, at site: SimulatedSite, in world: World) {}
    func mended(at site: SimulatedSite, in world: World) {}
    func stopped(_ site: SimulatedSite, in world: World) {}
    func lostPower(_ site: SimulatedSite, in world: World) {}
    func corrected(at site: SimulatedSite, in world: World) {}
    func turned(to site: SimulatedSite, with number: Int, in world: World) {}
    func told(at site: SimulatedSite, of number: Int, in world: World) {}
    func replacing(_ site: SimulatedSite, in world: World) {}
    func replaced(_ site: SimulatedSite, in world: World) {}
    func renewed(_ site: SimulatedSite, in world: World) {}
    func answering(_ answer: ExchangeAnswer, _ body: [UInt8], to site: Int, in world: World) {}
    func paid(_ payment: PaymentOffice.Payment, in world: World) {}
    func told(of change: Journal.Key, in world: World) {}
    func hour(_ world: World) {}
    func ended(_ world: World) {}
}
