/// All of them, in the order of their numbers.
enum Checkers {
    static func all() -> [any Checker] {
        let books = TicketBooks()
        let walk = LogWalk()
        return [
            DurableChecker(),
            PhantomChecker(walk),
            RefundChecker(),
            IdempotenceChecker(walk),
            OrderChecker(books),
            HybridClockChecker(walk),
            WaitingChecker(7, "service time only grows", waitsFor: "clocks of service limits"),
            ScopeChecker(),
            WaitingChecker(
                9, "one standard everywhere", waitsFor: "limits and ceilings that branches judge by a standard"),
            ProcedureChecker(books),
            ConflictChecker(books),
            AuditChainChecker(walk),
            BoundChecker(),
            CursorChecker(),
            PositionChecker(),
            IntegrityChecker(),
            WaitingChecker(17, "an old version reads a new one", waitsFor: "a second version of the program"),
            SecretsChecker(),
            LocalServiceChecker(),
            ReadYourWritesChecker(),
            ConvergenceChecker(),
            OutboxChecker(),
            FairnessChecker(),
            StormChecker(),
            WaitingChecker(25, "warnings go off in time", isLiveness: true, waitsFor: "timers that warn and escalate"),
        ]
    }
}
