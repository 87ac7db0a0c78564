import Foundation
import Testing

@testable import Simulator

/// Where everything is quiet, something must be seen to cry.
struct CanaryTests {
    @Test("The canary breaks a promise of safety, and the program says so")
    func theCanaryBreaksA() throws {
        let file = ScenarioSamples.root.appendingPathComponent("Tests/SimulatorTests/Canary/canary.json").path
        let run = try Rehearsed(file: file)
        #expect(run.exit == 3, "\(run.output)")
        #expect(!run.broken.isEmpty, "\(run.output)")
        #expect(run.output.contains("--seed 0x1"), "how to see it again is said")
    }
}
