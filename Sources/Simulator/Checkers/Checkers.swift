/// All of them, in the order of their numbers.
enum Checkers {
    static func all() -> [any Checker] {
        let books = TicketBooks()
        return [
            DurableChecker(), RefundChecker(), OrderChecker(books), ProcedureChecker(books), ConflictChecker(books),
            ConvergenceChecker(), OutboxChecker(), FairnessChecker(), StormChecker(),
        ]
    }
}
