import Replication

/// Whoever wants to know what sites do: the journal, the figures and the checkers.
protocol SiteWatcher: AnyObject {
    /// A process has begun on a site's database, or could not.
    func started(_ site: SimulatedSite, failure: String?)
    func ended(_ site: SimulatedSite)
    /// A change is about to be committed.
    func issued(_ change: Change, at site: SimulatedSite)
    /// The hub's writer has committed a push; what it holds of the origin now.
    func took(_ request: ExchangeRequest, _ turn: HubTurn, from site: Int)
    /// A branch has taken an answer.
    func applied(_ lane: ExchangeRequest.Lane, _ applied: Session.Applied, at site: SimulatedSite)
    /// A site has found entities damaged on its disk, and mended them.
    func mended(at site: SimulatedSite)
    /// A branch sends a request.
    func asked(_ lane: ExchangeRequest.Lane, at site: SimulatedSite)
    /// A request that can be read waits for its turn at the hub's writer.
    func queued(_ call: UInt64, from site: Int)
    /// It is at the writer.
    func hadItsTurn(_ call: UInt64)
    /// It will not come to the writer: nobody waits for it any longer, or a later one has taken its place.
    func dropped(_ call: UInt64)
    /// A site's database goes on under an origin that it had not before.
    func renewed(_ origin: OriginID, at site: SimulatedSite)
    /// Changes of an earlier life of a site are about to be committed under an origin of their own.
    func issuesAgain(as origin: OriginID, at site: SimulatedSite)
    /// The hub has filled an answer from what it holds at this moment.
    func answering(_ answer: ExchangeAnswer, _ body: [UInt8], to site: Int)
    /// A line that the site's log would show.
    func logged(_ line: String, at site: SimulatedSite)
    /// Disk and power: the site's power was cut in the middle of a write.
    func lostPower(_ site: SimulatedSite)
    /// A frame is about to leave, in bytes.
    func framed(_ bytes: Int, at site: SimulatedSite)
    /// The hub has granted refunds that needed nobody's approval.
    func decidedWithinAuthority(_ count: Int)
    /// Changes whose stamps were corrected before they left.
    func corrected(_ count: Int, at site: SimulatedSite)
}
