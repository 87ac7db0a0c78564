import Replication
import Standards

/// Fills in forms as the standard asks, whatever it asks; every personal value holds a mark that must never be seen
/// outside the databases.
struct FormFiller {
    /// Looked for in everything that sites say.
    static let canary = "canary-7f3a"

    private static let words = [
        "宽带频繁掉线", "晚高峰网速慢", "话费争议", "光缆被挖断", "光猫不亮", "资费咨询", "移机未按期上门", "电视卡顿",
    ]

    /// - Parameter isComplete: also what may be left empty, now and then.
    static func fields(
        of type: TicketType, number: Int, isComplete: Bool, _ random: inout RandomStream
    ) -> [String: Value] {
        var filled: [String: Value] = [:]
        for field in type.fields where field.isRequired || (isComplete && random.happens(perMille: 300)) {
            filled[field.id] = value(of: field, number: number, &random)
        }
        return filled
    }

    /// Leaves a form that its type's rules accept, and that nobody's later work depends on by chance: of what may be
    /// left empty only choices, marks and what customers say of themselves.
    static func correct(
        _ fields: inout [String: Value], of type: TicketType, in pack: StandardPack, _ random: inout RandomStream
    ) {
        let map = ProcedureMap(type)
        for field in type.fields where fields[field.id] != nil && !field.isRequired {
            let isChosen = field.kind == .choice || field.kind == .boolean || field.isPersonal
            if !isChosen || map.mirrored(field.id) != nil { fields[field.id] = nil }
        }
        for rule in type.work.rules {
            Filling.reconcile(rule, pack, &fields, held: { _ in nil }, &random)
            guard case .requiredWhen(let name, let values, let others) = rule,
                fields[name].flatMap(Casefile.text).map(values.contains) == true
            else { continue }
            for other in others.compactMap(type.field) where fields[other.id] == nil {
                fields[other.id] = value(of: other, number: 0, &random)
            }
        }
    }

    static func value(of field: FormField, number: Int, _ random: inout RandomStream) -> Value {
        switch field.kind {
        case .text:
            let text = field.isPersonal ? "\(canary) \(number)" : "\(random.pick(words)) \(number)"
            return .text(String(text.prefix(field.maximumLength ?? FormField.usualLength)))
        // Files and sets are filled by acts of their own.
        case .file, .set: return .null
        case .choice: return field.options.isEmpty ? .null : .text(random.pick(field.options).id)
        case .integer: return .integer(random.below(1_000))
        case .boolean: return .bool(random.happens(perMille: 500))
        case .time: return .integer(1_700_000_000_000 + random.below(1_000_000) * 1_000)
        }
    }
}
