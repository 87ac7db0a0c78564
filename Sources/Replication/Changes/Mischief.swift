/// Bugs and bad manners that the simulator can switch on in the core, to see that its checkers catch them. A node always
/// passes none, so in a running province every place that asks does what it should.
public struct Mischief: OptionSet, Sendable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }

    public static let none: Mischief = []
}
