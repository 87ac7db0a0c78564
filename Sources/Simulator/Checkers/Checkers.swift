/// All of them, in the order of their numbers.
enum Checkers {
    static func all() -> [any Checker] {
        [DurableChecker(), ConvergenceChecker()]
    }
}
