import Replication
import Standards

/// How a department answers the steps that it is given: in time, and so that nothing comes back.
public struct DepartmentReplies: Equatable, Sendable {
    /// Tickets looked at for one set of figures.
    public static let ticketLimit = 20_000

    public let department: String
    /// Replies whose time is over, given or not, and those that were given before it was.
    public private(set) var due = 0
    /// Of these, the ones that were given in time.
    public private(set) var timely = 0
    /// Replies that were given.
    public private(set) var given = 0
    /// Of these, the ones that nobody sent back.
    public private(set) var accurate = 0

    private init(_ department: String) { self.department = department }

    /// - Parameter opened: from when to when the tickets were opened, in milliseconds since 1970.
    /// - Returns: by department, in order of their identifiers; and whether there were more tickets than are looked at.
    public static func list(
        opened: Range<Int64>, in store: SiteStore, shelf: PackShelf, at now: Int64
    ) throws -> (departments: [DepartmentReplies], isCut: Bool) {
        let numbers = try store.database.all(
            "SELECT entity FROM ticket WHERE opened >= ? AND opened < ? ORDER BY opened DESC, entity DESC LIMIT ?",
            opened.lowerBound, opened.upperBound, Int64(ticketLimit + 1)
        ) { $0.int64(0) }
        let basis = try TimingBasis(store, shelf: shelf, at: now)
        var found: [String: DepartmentReplies] = [:]
        for number in numbers.prefix(ticketLimit) {
            let row = try store.row(number: number)
            guard let pack = try basis.standing(of: row.state)?.pack,
                let timing = try TicketTiming(of: row.state, store.changes(of: number), on: basis)
            else { continue }
            for run in timing.course.steps {
                guard let department = pack.procedure.steps.first(where: { $0.id == run.step })?.department else {
                    continue
                }
                let reading = timing.readings.first { $0.kind == .step && $0.step == run.step }
                found[department, default: DepartmentReplies(department)].count(run, reading, at: now)
            }
        }
        let departments = found.values.sorted { $0.department < $1.department }
        return (departments, numbers.count > ticketLimit)
    }

    private mutating func count(_ run: TicketCourse.StepRun, _ reading: ClockReading?, at now: Int64) {
        given += run.returns + (run.done == nil ? 0 : 1)
        accurate += run.done == nil ? 0 : 1
        guard let until = reading?.due?.milliseconds, run.done != nil || until <= now else { return }
        due += 1
        if let done = run.done, done <= until { timely += 1 }
    }
}
