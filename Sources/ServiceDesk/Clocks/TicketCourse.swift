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

    /// A step within the ticket's work: since when it could be done, and when it was.
    public struct StepRun: Equatable, Sendable {
        public let step: String
        public fileprivate(set) var ready: Int64
        public fileprivate(set) var done: Int64?
        /// How often it was reported back and then sent back to be done again.
        public fileprivate(set) var returns = 0
    }

    /// Something that is to be delivered: since when, and when it was.
    public struct ReportRun: Equatable, Sendable {
        /// The field that holds it.
        public let field: String
        /// Since when one of its limits has applied without a break.
        public let since: Int64
        public fileprivate(set) var filled: Int64?
    }

    /// The field of a form that names a customer's grade, in any standard.
    static let gradeField = "customerGrade"

    public private(set) var stays: [Stay] = []
    /// In the order in which they became ready.
    public private(set) var steps: [StepRun] = []
    /// In the order in which they came to be wanted; without those that no longer are.
    public private(set) var reports: [ReportRun] = []
    public private(set) var holdings: [Holding] = []
    /// When something was last done with it.
    public private(set) var lastDone: Int64 = 0

    /// Every site that could have written to it at any time, sorted.
    public private(set) var sites: [SiteID] = []

    /// When its clocks began.
    public var opened: Int64 { stays.first?.from ?? lastDone }

    /// - Parameters:
    ///   - changes: every change of the ticket that has effect here, in any order.
    ///   - pack: the standard that the ticket was opened under.
    ///   - customerGrade: the grade of its customer, which counts where the ticket names none.
    public init(of changes: [Change], type: TicketType, pack: StandardPack, customerGrade: String? = nil) {
        let reportRules = pack.limits.filter { $0.clock == .report && $0.types.contains(type.id) }
        let hasSteps = type.work.modeField != nil || !type.work.steps.isEmpty
        let pauseField = type.work.pauseField.map(FieldNumbers.field)
        var state = EntityState()
        var isFirst = true
        for change in changes.sorted(by: { $0.position < $1.position }) {
            Fold.apply(change, to: &state)
            // Before its creation nothing of it is known here.
            guard state.exists else { continue }
            note(state, at: change.stamp.milliseconds, pauseField)
            if hasSteps, type.work.worksSteps(in: state.stageName) {
                note(TicketSteps(of: state, type: type, pack: pack), at: lastDone)
            }
            if !reportRules.isEmpty {
                let lineage = state[TicketField.category].textValue.map { pack.lineage(of: $0) } ?? []
                let values = TicketValues(state: state)
                let wanted = reportRules.filter { rule in
                    rule.applies(to: type.id, lineage: lineage) { name in
                        values.text(name) ?? (name == Self.gradeField ? customerGrade : nil)
                    }
                }
                note(values, wanted: wanted.compactMap(\.until), at: isFirst ? opened : lastDone)
            }
            isFirst = false
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
        let audience = DeskDomain.audience(of: state)
        if !audience.allSatisfy(sites.contains) { sites = Set(sites).union(audience).sorted() }
        lastDone = max(time, milliseconds)
    }

    /// A step is ready when those before it are done, and again when it was sent back.
    private mutating func note(_ now: TicketSteps, at milliseconds: Int64) {
        for step in now.all {
            let isDone = step.state == .done
            guard let place = steps.firstIndex(where: { $0.step == step.template.id }) else {
                guard now.missing(before: step.template).isEmpty else { continue }
                steps.append(
                    StepRun(step: step.template.id, ready: milliseconds, done: isDone ? milliseconds : nil))
                continue
            }
            if isDone, steps[place].done == nil { steps[place].done = milliseconds }
            if !isDone, steps[place].done != nil {
                steps[place].ready = milliseconds
                steps[place].done = nil
                steps[place].returns += 1
            }
        }
    }

    /// What is wanted no longer is forgotten; wanted again, it has all its time again.
    private mutating func note(_ values: TicketValues, wanted fields: [String], at time: Int64) {
        reports.removeAll { !fields.contains($0.field) }
        for field in fields {
            let isFilled = values.isFilled(field)
            guard let place = reports.firstIndex(where: { $0.field == field }) else {
                reports.append(ReportRun(field: field, since: time, filled: isFilled ? time : nil))
                continue
            }
            if isFilled, reports[place].filled == nil { reports[place].filled = time }
            if !isFilled { reports[place].filled = nil }
        }
    }
}
