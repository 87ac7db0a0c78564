/// The outcome of one measure, before it is judged.
struct Outcome: Hashable, Sendable {
    let figure: Double
    let baseline: Double
    let ratio: Double

    init(figure: Double, baseline: Double, ratio: Double) {
        self.figure = figure
        self.baseline = baseline
        self.ratio = ratio
    }

    /// Of two sizes that no repetition changes.
    init(figure: Double, baseline: Double) {
        self.init(figure: figure, baseline: baseline, ratio: figure / baseline)
    }
}
