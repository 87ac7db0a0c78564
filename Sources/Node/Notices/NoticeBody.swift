import Hashing
import Replication
import ServiceDesk
import Standards

/// What a channel is given of a notice, the same at every attempt but for its text, which may have changed.
enum NoticeBody {
    /// The notice's name to every channel: that of its change, so that it is the same whichever hub sends it.
    static func key(of notice: Notice) -> String {
        Secrets.hex(SHA256.hash(Array("notice \(notice.change)".utf8)))
    }

    static func json(_ message: NoticeMessage, zone: TimeText) -> JSONValue {
        [
            "key": .string(key(of: message.notice)), "channel": .string(message.channel),
            "to": .string(message.address ?? ""), "text": .string(message.text),
            "template": .string(message.template), "ticket": .string(message.notice.ticket.text),
            "step": .string(message.notice.step), "stage": .string(message.notice.stage),
            "at": .string(zone.text(message.notice.recorded)),
        ]
    }
}
