/// What a soak is asked to do.
struct SoakSettings: Sendable {
    /// Steps a second over the whole province, unless the operator says otherwise: most of them write. Two cores that
    /// also run everything else keep up with it, so that the run shows growth and not a queue.
    static let usualRate = 24
    /// Clerks at each site.
    static let clerksPerSite = 2
    /// Seconds between two samples.
    static let sampleSeconds = 2.0
    /// Seconds between two lines of progress.
    static let progressSeconds = 10.0
    /// Idle seconds before the load; of a short run a tenth.
    static let idleSeconds = 6.0

    /// How long the load lasts.
    let seconds: Double
    let seed: UInt64
    let rate: Double
    /// Makes keys and charges of this run its own.
    let run: String

    var idle: Double { min(Self.idleSeconds, seconds / 10) }
    /// A short run is looked at more often, so that there is something to judge.
    var sampleGap: Double { min(Self.sampleSeconds, seconds / 40) }
}
