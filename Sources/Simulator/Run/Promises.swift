/// Which invariants speak for which promise.
enum Promises {
    static let invariants: [(name: String, numbers: [Int])] = [
        ("localService", [19, 20]), ("durable", [1, 16]), ("converges", [4, 5, 6, 14, 21, 22, 23, 24]),
        ("nothingSilent", [10, 11, 12]), ("once", [3, 27, 29]), ("oneStandard", [9]), ("scope", [8, 26, 28]),
        ("rebuild", [15, 17]),
        ("honestHub", [7, 25]), ("badInput", [2, 13, 18]),
    ]

    static func results(_ all: [InvariantResult]) -> [PromiseResult] {
        invariants.map { promise in
            let own = all.filter { promise.numbers.contains($0.number) && $0.waitsFor == nil }
            let finding: Finding =
                own.contains { $0.finding == .broken }
                ? .broken : own.contains { $0.finding == .holds } ? .holds : .notExercised
            return PromiseResult(name: promise.name, finding: finding, checked: own.reduce(0) { $0 + $1.checked })
        }
    }
}
