/// What one node's process and files took up at one moment.
struct GrowthSample: Hashable, Sendable {
    enum Phase: String, Sendable {
        /// Before the load began.
        case idle
        case load
        /// After everything was mended and sent.
        case quiet
    }

    /// Seconds since the province was up.
    var seconds: Double
    var phase: Phase
    /// The process; another number is another life.
    var processID: Int32
    /// Resident memory (VmRSS).
    var memoryBytes: Int
    var descriptors: Int
    var threads: Int
    var databaseBytes: Int
    /// The write-ahead log's file.
    var logAheadBytes: Int
    /// The side file that counts starts.
    var sideBytes: Int
    /// What the node has written to its log, over all lives.
    var logBytes: Int
    /// Tickets the site holds, as it last said.
    var tickets: Int
    /// Changes in its log, as it last said.
    var changes: Int
}
