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
            ServiceTimeChecker(books),
            ScopeChecker(),
            StandardChecker(),
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
            ConvergenceChecker(books),
            OutboxChecker(),
            FairnessChecker(),
            StormChecker(),
            WarningChecker(books),
            OwnerChecker(books),
            AllowanceChecker(),
            RoleChecker(),
            NoticeChecker(books),
        ]
    }
}
