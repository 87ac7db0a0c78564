import Replication
import Standards

/// The names of a form's fields and which of them are times.
struct FormWords {
    private let names: [Field: String]
    private let times: Set<Field>

    init(_ fields: [FormField]) {
        names = Dictionary(fields.map { (FieldNumbers.field($0.id), $0.id) }, uniquingKeysWith: { first, _ in first })
        times = Set(
            fields.filter { $0.kind == .time }.map { FieldNumbers.field($0.id) } + [
                TicketField.openedAt, TicketField.sourceTime,
            ])
    }

    func name(_ field: Field) -> String {
        FieldNumbers.name(field) ?? names[field] ?? "field \(field.rawValue)"
    }

    func value(_ value: Value, of field: Field) -> ExportValue {
        ExportValue(value, isTime: times.contains(field))
    }
}
