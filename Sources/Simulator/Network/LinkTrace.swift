/// What was measured of one link: how much it lost and how long a round trip took, and when.
public struct LinkTrace: Hashable, Sendable {
    /// One measurement, and for how long it stands.
    public struct Sample: Hashable, Sendable {
        /// Seconds from the beginning of the fault that follows the trace.
        public let startSecond: Int64
        /// The first second for which it no longer stands.
        public let endSecond: Int64
        /// Packets lost of a thousand.
        public let lossPerMille: Int64
        /// Nil where no packet came back, or nobody measured.
        public let roundTripMilliseconds: Int64?

        public init(startSecond: Int64, endSecond: Int64, lossPerMille: Int64, roundTripMilliseconds: Int64?) {
            self.startSecond = startSecond
            self.endSecond = endSecond
            self.lossPerMille = lossPerMille
            self.roundTripMilliseconds = roundTripMilliseconds
        }
    }

    /// In the order of time; none overlaps another, and there may be gaps in which nothing was measured.
    public let samples: [Sample]

    public init(samples: [Sample]) { self.samples = samples }

    /// What was measured at a moment.
    /// - Parameter time: from the beginning of the fault that follows the trace.
    /// - Returns: nil where nothing was measured, and after the end: the link is then as on an ordinary day.
    public func sample(at time: VirtualTime) -> Sample? {
        let second = time.seconds
        var low = 0
        var high = samples.count
        while low < high {
            let middle = (low + high) / 2
            if samples[middle].endSecond <= second { low = middle + 1 } else { high = middle }
        }
        guard low < samples.count, samples[low].startSecond <= second else { return nil }
        return samples[low]
    }

    /// The trace as it is when its first `seconds` are passed over.
    func from(second seconds: Int64) -> LinkTrace {
        LinkTrace(
            samples: samples.compactMap { sample in
                guard sample.endSecond > seconds else { return nil }
                return Sample(
                    startSecond: max(0, sample.startSecond - seconds), endSecond: sample.endSecond - seconds,
                    lossPerMille: sample.lossPerMille, roundTripMilliseconds: sample.roundTripMilliseconds)
            })
    }
}
