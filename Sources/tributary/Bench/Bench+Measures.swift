extension Bench {
    /// Every measure, in the order in which they are told.
    static let measures: [Measure] = [
        CreateMeasure.measure, RecordMeasure.measure, AdmitNewMeasure.measure, AdmitOneFieldMeasure.measure,
        FeedMeasure.measure, BootstrapMeasure.measure, WireMeasures.new, WireMeasures.oneField, SizeMeasure.measure,
        MemoryMeasure.measure, DueMeasure.measure, ActionMeasure.measure, BoardMeasures.list, BoardMeasures.hubFigures,
        SimulateMeasures.week, SimulateMeasures.memory, SimulateMeasures.runs, CatchUpMeasure.measure,
    ]
}
