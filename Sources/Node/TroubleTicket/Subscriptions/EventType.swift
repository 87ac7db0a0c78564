import Replication
import Standards

/// The notifications of TMF621 about a ticket.
enum EventType: String, CaseIterable, Sendable {
    case create = "TroubleTicketCreateEvent"
    case attributeValueChange = "TroubleTicketAttributeValueChangeEvent"
    case statusChange = "TroubleTicketStatusChangeEvent"
    case resolved = "TroubleTicketResolvedEvent"
    case informationRequired = "TroubleTicketInformationRequiredEvent"

    /// What one change is told as.
    static func types(of effects: [Fold.Effect], type: TicketType?) -> [EventType] {
        var types: [EventType] = []
        var hasOthers = false
        for effect in effects {
            switch effect {
            case .created: return [.create]
            case .moved(_, let from, let to):
                let (before, after) = (type?.state(from)?.status, type?.state(to)?.status)
                if before == after { hasOthers = true } else { types += ofStatus(after) }
            default: hasOthers = true
            }
        }
        return types + (hasOthers ? [.attributeValueChange] : [])
    }

    /// What is told of a ticket that has come to a status.
    static func ofStatus(_ status: TicketStatus?) -> [EventType] {
        switch status {
        case .resolved: [.statusChange, .resolved]
        case .pending: [.statusChange, .informationRequired]
        default: [.statusChange]
        }
    }
}
