import Replication
import Standards

extension Export {
    mutating func ticket(_ row: EntityRow) throws -> [ExportValue] { try ticket(row, as: row.state, columns: []) }

    /// A ticket as it was in some state, without the columns that are named.
    mutating func ticket(
        _ row: EntityRow, as state: EntityState, columns absent: Set<ExportLayout.Fixed>
    ) throws -> [ExportValue] {
        let (words, standard) = try form(of: state)
        let customer = try customer(of: state)
        var values: [ExportValue] = []
        for column in ExportLayout.Fixed.allCases where !absent.contains(column) {
            switch column {
            case .id: values.append(.text(row.id.text))
            case .number: values.append(ExportValue(row.state.creation?.label))
            case .customerID, .customerName, .customerPhone: values.append(customer[column] ?? .none)
            case .standard: values.append(standard.isEmpty ? .none : .text(standard))
            default: values.append(Self.fixed(column, state, isOnlyHere: isOnlyHere(state)))
            }
        }
        values += layout.forms.map { words.value(state[$0.field], of: $0.field) }
        values.append(others(state, words))
        return values
    }

    private static func fixed(
        _ column: ExportLayout.Fixed, _ state: EntityState, isOnlyHere: Bool
    ) -> ExportValue {
        switch column {
        case .type: ExportValue(state[TicketField.type])
        case .state: .text(state.stageName)
        case .home: ExportValue(state[TicketField.home])
        case .transferTo: ExportValue(state[TicketField.transferTo])
        case .category: ExportValue(state[TicketField.category])
        case .openedAt: ExportValue(state[TicketField.openedAt], isTime: true)
        case .updatedAt: state.last.map { .time($0.stamp.milliseconds) } ?? .none
        case .source: ExportValue(state[TicketField.source])
        case .sourceKey: ExportValue(state[TicketField.sourceKey])
        case .sourceVersion: ExportValue(state[TicketField.sourceVersion])
        case .sourceTime: ExportValue(state[TicketField.sourceTime], isTime: true)
        case .sourceColumns: ExportValue(state[TicketField.sourceColumns])
        case .supervised: ExportValue(state[TicketField.isSupervised])
        case .collaborators: collaborators(state)
        case .openConflicts: .integer(Int64(state.conflicts.count { $0.settledBy == nil }))
        case .onlyHere: .flag(isOnlyHere)
        case .subject: ExportValue(state[TicketField.subject])
        case .description: ExportValue(state[TicketField.description])
        case .assignee: ExportValue(state[TicketField.assignee])
        case .id, .number, .customerID, .customerName, .customerPhone, .standard: .none
        }
    }

    /// Sites have no blanks in their names.
    private static func collaborators(_ state: EntityState) -> ExportValue {
        let sites = state.elements(of: TicketField.collaborators).compactMap(\.textValue)
        return sites.isEmpty ? .none : .text(sites.joined(separator: " "))
    }

    /// The customer as it is now: a ticket's timeline does not say what it was.
    private func customer(of state: EntityState) throws -> [ExportLayout.Fixed: ExportValue] {
        guard let id = state[TicketField.customer].bytesValue.flatMap({ EntityID(kind: .customer, bytes: $0) }) else {
            return [:]
        }
        guard let row = try store.row(id), row.state.exists, !row.isWithdrawn else {
            return [.customerID: .text(id.text)]
        }
        return [
            .customerID: .text(id.text), .customerName: ExportValue(row.state[CustomerField.name]),
            .customerPhone: ExportValue(row.state[CustomerField.phone]),
        ]
    }

    /// What no column holds: fields of a standard that has not come here, or of a newer version.
    private func others(_ state: EntityState, _ words: FormWords) -> ExportValue {
        let members = state.fields.entries.filter {
            $0.value.value != .null && layout.columnsByField[$0.key] == nil && FieldNumbers.name($0.key) == nil
        }.map { (words.name($0.key), words.value($0.value.value, of: $0.key).json) }
        guard !members.isEmpty else { return .none }
        return .text(JSONValue.object(Dictionary(members, uniquingKeysWith: { first, _ in first })).text())
    }
}
