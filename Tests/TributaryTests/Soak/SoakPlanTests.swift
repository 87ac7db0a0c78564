import Testing

@testable import tributary

/// The schedule of a soak: the same for the same seed, and complete.
@Suite struct SoakPlanTests {
    private func steps(_ seed: UInt64, clerk: Int = 0, isAtHub: Bool = false, rate: Double = 5) -> [ClerkStep] {
        var plan = ClerkPlan(seed: seed, clerk: clerk, isAtHub: isAtHub, rate: rate)
        return (0..<5_000).map { _ in plan.next() }
    }

    @Test("the same seed gives the same steps and faults, another seed or clerk others")
    func replay() {
        #expect(steps(7) == steps(7))
        #expect(steps(7) != steps(8))
        #expect(steps(7) != steps(7, clerk: 1))
        func faults(_ seed: UInt64) -> [Fault] { FaultPlan(seed: seed, seconds: 600, branches: 5).faults }
        #expect(faults(7) == faults(7))
        #expect(faults(7) != faults(8))
    }

    @Test("a clerk does every kind of thing, as often as asked, and only the hub decides")
    func kinds() throws {
        let branch = steps(7)
        let kinds = Set(branch.map(\.kind))
        #expect(kinds == Set(ClerkStep.Kind.allCases).subtracting([.decide]))
        #expect(Set(steps(7, isAtHub: true).map(\.kind)).contains(.decide))
        let last = try #require(branch.last)
        #expect((980...1_020).contains(last.at))
        #expect(zip(branch, branch.dropFirst()).allSatisfy { $0.at < $1.at })
    }

    @Test("the shares of a clerk's day are a thousand of a thousand")
    func shares() {
        #expect(ClerkPlan.branchShares.map(\.1).reduce(0, +) == 1_000)
        #expect(ClerkPlan.hubShares.map(\.1).reduce(0, +) == 1_000)
    }

    @Test(
        "every kind of fault comes even in the shortest run, and is over before the load is",
        arguments: [12.0, 20, 60, 600, 86_400], [3, 5, 24])
    func faults(seconds: Double, branches: Int) {
        for seed in UInt64(0)..<20 {
            let faults = FaultPlan(seed: seed, seconds: seconds, branches: branches).faults
            #expect(Set(faults.map(\.kind)) == Set(Fault.Kind.allCases), "seed \(seed)")
            #expect(faults.allSatisfy { $0.at + $0.seconds < seconds }, "seed \(seed)")
        }
    }

    @Test("some processes live long: the first branches are never killed, the hub not after a third of the run")
    func steady() {
        for seed in UInt64(0)..<20 {
            let faults = FaultPlan(seed: seed, seconds: 600, branches: 5).faults
            let killed = faults.filter { $0.kind == .killBranch }.compactMap(\.branch)
            #expect(killed.allSatisfy { !FaultPlan.steady(of: 5).contains($0) })
            #expect(faults.filter { $0.kind == .killHub }.allSatisfy { $0.at <= 200 && $0.branch == nil })
        }
    }

    @Test("a place that is broken is left alone until it has been whole for a while")
    func oneAtATime() {
        for seed in UInt64(0)..<20 {
            var whole: [Int?: Double] = [:]
            for fault in FaultPlan(seed: seed, seconds: 600, branches: 5).faults {
                #expect(fault.at >= whole[fault.branch] ?? 0, "seed \(seed)")
                whole[fault.branch] = fault.at + fault.seconds
            }
        }
    }
}
