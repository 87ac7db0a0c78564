import Replication
import Standards

/// The course that a ticket took: in which state it was when, why it waited, who had it. Derived from its changes each
/// time it is asked for, so that a late change needs no repair.
public struct TicketCourse: Sendable {
    /// A time in one state. All times are milliseconds since 1970 of province time.
    public struct Stay: Equatable, Sendable {
        public let from: Int64
        /// Nil for the last.
        public var to: Int64?
        public let state: String
        /// What the type's pause field held, if it has one.
        public let reason: String?
    }

    /// A time for which one department and person had the ticket.
    public struct Holding: Equatable, Sendable {
        public let from: Int64
        public var to: Int64?
        public let department: String?
        public let person: String?
    }

    public private(set) var stays: [Stay] = []
    public private(set) var holdings: [Holding] = []
    /// When something was last done with it.
    public private(set) var lastDone: Int64 = 0

    /// Every site that could have written to it at any time, sorted.
    public private(set) var sites: [SiteID] = []

    /// When its clocks began.
    public var opened: Int64 { stays.first?.from ?? lastDone }

    /// - Parameter changes: every change of the ticket that has effect here, in any order.
    public init(of changes: [Change], type: TicketType) {
        let pauseField = type.work.pauseField.map(FieldNumbers.field)
        var state = EntityState()
        for change in changes.sorted(by: { $0.position < $1.position }) {
            Fold.apply(change, to: &state)
            // Before its creation nothing of it is known here.
            guard state.exists else { continue }
            note(state, at: change.stamp.milliseconds, pauseField)
        }
    }

    private mutating func note(_ state: EntityState, at milliseconds: Int64, _ pauseField: Field?) {
        let isFirst = stays.isEmpty
        // A ticket that was imported was opened where it came from.
        let began = isFirst ? state[TicketField.openedAt].integerValue ?? milliseconds : milliseconds
        let time = max(lastDone, isFirst ? min(began, milliseconds) : milliseconds)
        let reason = pauseField.flatMap { state[$0].textValue }
        if isFirst || stays.last?.state != state.stageName || stays.last?.reason != reason {
            if !isFirst { stays[stays.count - 1].to = time }
            stays.append(Stay(from: time, to: nil, state: state.stageName, reason: reason))
        }
        let department = state[TicketField.department].textValue
        let person = state[TicketField.assignee].textValue
        if isFirst || holdings.last?.department != department || holdings.last?.person != person {
            if !isFirst { holdings[holdings.count - 1].to = time }
            holdings.append(Holding(from: time, to: nil, department: department, person: person))
        }
        sites = Set(sites).union(DeskDomain.audience(of: state)).sorted()
        lastDone = max(time, milliseconds)
    }
}
