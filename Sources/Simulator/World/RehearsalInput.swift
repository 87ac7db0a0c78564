import Standards

/// What a rehearsal needs besides its scenario; read from files by whoever runs it.
public struct RehearsalInput: Sendable {
    public let scenario: Scenario
    /// The scenario's file as the command line named it.
    public let file: String
    /// The part of the province that takes part.
    public let topology: Topology
    /// The standard pack in force, as its JSON.
    public let document: [UInt8]
    public let calibration: Calibration
    /// Measured lines: by the fault's place in the scenario and the site.
    public let traces: [Int: [String: LinkTrace]]
    /// What the program calls itself.
    public let build: String

    public init(
        scenario: Scenario, file: String, topology: Topology, document: [UInt8], calibration: Calibration,
        traces: [Int: [String: LinkTrace]] = [:], build: String
    ) {
        self.scenario = scenario
        self.file = file
        self.topology = topology
        self.document = document
        self.calibration = calibration
        self.traces = traces
        self.build = build
    }
}
