/// A notice as it goes to a channel.
public struct NoticeMessage: Equatable, Sendable {
    public let notice: Notice
    /// Such as `sms`.
    public let channel: String
    /// Where to; nil where the ticket has nothing that a channel takes.
    public let address: String?
    public let text: String
    public let template: String
    /// Whether the channel takes a key once, however often it is told it.
    public let honoursKey: Bool

    public init(
        notice: Notice, channel: String, address: String?, text: String, template: String, honoursKey: Bool
    ) {
        self.notice = notice
        self.channel = channel
        self.address = address
        self.text = text
        self.template = template
        self.honoursKey = honoursKey
    }
}
