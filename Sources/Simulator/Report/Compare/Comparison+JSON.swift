import Standards

extension Comparison {
    /// The same for machines: units in the keys, nil for what a run has not.
    public var json: JSONValue {
        [
            "format": .integer(OutcomeJSON.format),
            "first": identity(first), "second": identity(second),
            "figures": .array(figures.map { compared($0, name: $0.key) }),
            "lagP99MillisecondsBySite": .array(lagBySite.map { compared($0, name: $0.key) }),
            "backlogPeakOperationsBySite": .array(backlogBySite.map { compared($0, name: $0.key) }),
            "findings": .array(
                findings.map {
                    [
                        "name": .string($0.name), "first": .string($0.first), "second": .string($0.second),
                        "differs": .bool($0.first != $0.second),
                    ]
                }),
        ]
    }

    private func identity(_ outcome: Outcome) -> JSONValue {
        [
            "scenario": .string(outcome.scenario), "file": .string(outcome.file),
            "seed": .string(ReportFigures(outcome).seed), "digest": .string(outcome.digest),
            "scenarioDigest": .string(outcome.scenarioDigest), "build": .string(outcome.build),
            "verdict": .string(outcome.verdict.rawValue),
        ]
    }

    private func compared(_ figure: ComparedFigure, name: String) -> JSONValue {
        [
            "name": .string(name), "first": figure.first.map(JSONValue.integer) ?? .null,
            "second": figure.second.map(JSONValue.integer) ?? .null,
            "difference": figure.difference.map(JSONValue.integer) ?? .null, "differs": .bool(figure.differs),
        ]
    }
}
