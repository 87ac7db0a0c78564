import Simulator
import Standards

/// Makes plausible tickets, the same ones for the same seed. Every subject is unique, so that a ticket which was taken
/// twice would be seen.
struct TicketMaker: Sendable {
    private static let streets = [
        "怀远西路", "正源北街", "朝阳西街", "游艺街", "利红街", "裕民西路", "中山南街", "文化西路", "鼓楼东街", "应理南街",
    ]
    private static let troubles: [(type: String, category: String, text: String)] = [
        ("complaint", "broadband-stability", "宽带频繁掉线"),
        ("complaint", "broadband-speed", "晚高峰网速慢"),
        ("complaint", "billing-dispute", "话费争议"),
        ("complaint", "value-added-charge", "增值业务扣费争议"),
        ("complaint", "installation-delay", "移机未按期上门"),
        ("fault", "fibre-broken", "光缆被挖断"),
        ("fault", "customer-premises", "光猫不亮"),
        ("enquiry", "tariff", "资费咨询"),
        ("enquiry", "order-progress", "办理进度咨询"),
    ]
    private static let channels = ["phone", "counter", "web", "app", "wechat"]

    private var random: SplitMix64
    private let place: String
    private var number = 0

    /// - Parameter place: the branch's name, part of every subject.
    init(seed: UInt64, place: String) {
        random = SplitMix64(seed: seed)
        self.place = place
    }

    /// The body of the next ticket.
    ///
    /// - Parameter type: a type, or nil for any.
    mutating func next(type: String? = nil) -> JSONValue {
        number += 1
        let trouble = random.pick(Self.troubles.filter { type == nil || $0.type == type })
        return [
            "type": .string(trouble.type), "category": .string(trouble.category),
            "fields": [
                "subject": .string("\(place)\(random.pick(Self.streets))\(number)号 \(trouble.text)"),
                "channel": .string(random.pick(Self.channels)),
                "description": .string("用户来电反映\(trouble.text),请尽快处理。"),
            ],
        ]
    }
}
