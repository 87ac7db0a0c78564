import Simulator

/// The bench and the soak have outcomes and verdicts of their own.
typealias RehearsalOutcome = Simulator.Outcome
typealias RehearsalVerdict = Simulator.Verdict
