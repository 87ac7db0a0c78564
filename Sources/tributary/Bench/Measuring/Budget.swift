/// What a measure has to reach: the bound that is a duty, and the one that is aimed at.
struct Budget: Hashable, Sendable {
    /// What is held against the bounds.
    enum Judged: String, Sendable {
        /// How many times the baseline the figure is.
        case ratio
        /// The figure itself.
        case figure
    }

    /// Which way is good.
    enum Better: String, Sendable {
        case lower
        case higher
    }

    let judged: Judged
    let better: Better
    let must: Double
    let aim: Double

    /// Whether a value is within a bound; one that lies on it is.
    func holds(_ value: Double, against bound: Double) -> Bool {
        switch better {
        case .lower: value <= bound
        case .higher: value >= bound
        }
    }
}
