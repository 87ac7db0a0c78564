/// How a line to the hub is at the moment: its own properties and what is wrong with it.
public struct LinkCondition: Hashable, Sendable {
    /// One way.
    public var delay: VirtualTime
    public var kilobitsPerSecond: Int64
    public var lossPerMille: Int64
    public var isCut = false
    /// Of a line that works in one direction only.
    public var canSend = true
    public var canReceive = true
    /// Of a thousand requests, how many are held up so that later ones overtake them.
    public var reorderPerMille: Int64 = 0
    /// Of a thousand requests, how many arrive a second time.
    public var duplicatePerMille: Int64 = 0
    /// Of a thousand calls, how many are cut off in mid-body.
    public var resetPerMille: Int64 = 0
    /// Of a thousand calls, in how many the hub does its work and its reply is lost.
    public var replyLostPerMille: Int64 = 0
    /// Of a thousand bodies, how many arrive with a byte changed.
    public var corruptPerMille: Int64 = 0
    /// Whatever is asked, somebody else answers with a page of theirs.
    public var isCaptive = false

    public init(delay: VirtualTime, kilobitsPerSecond: Int64, lossPerMille: Int64) {
        self.delay = delay
        self.kilobitsPerSecond = kilobitsPerSecond
        self.lossPerMille = lossPerMille
    }

    /// Whether anything can pass towards the hub, or from it.
    var carriesUp: Bool { !isCut && canSend && lossPerMille < 1_000 }
    var carriesDown: Bool { !isCut && canReceive && lossPerMille < 1_000 }
}
