import Replication

extension Export {
    /// The row of a request.
    mutating func decision(_ place: RequestPlaces.Place, of row: EntityRow) throws -> [ExportValue] {
        let request = row.state.requests.first { $0.by == place.reference }?.request
        let answered = row.state.answered(place.reference)
        let asked = try author(of: place.reference)
        let answering = try answered.map { try author(of: $0.by) }
        return [
            .text(row.id.text), ExportValue(row.state.creation?.label), asked[0], ExportValue(request?.purpose),
            ExportValue(request?.key), request.map { .integer($0.amount) } ?? .none, ExportValue(request?.reason),
            asked[1], asked[2], asked[3], .text(Self.outcome(answered?.answer, isMarked: place.isMarked)),
            answering?[0] ?? .none, ExportValue(answered?.answer.reason), answering?[1] ?? .none,
            answering?[3] ?? .none, ExportValue(place.effect.map { "\($0)" }),
        ]
    }

    private static func outcome(_ answer: Answer?, isMarked: Bool) -> String {
        switch answer?.outcome {
        case .granted?: "granted"
        case .refused?: "refused"
        case nil: isMarked ? "marked" : "open"
        }
    }
}
