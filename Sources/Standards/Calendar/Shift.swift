/// A window in which people are at work on each working day. One that goes over midnight is written as two.
public struct Shift: Hashable, Sendable {
    public let from: DayTime
    public let to: DayTime

    /// - Precondition: `from` lies before `to`.
    public init(from: DayTime, to: DayTime) {
        precondition(from < to, "a shift ends after it has begun")
        self.from = from
        self.to = to
    }

    init?(reading reader: JSONReader) {
        reader.explain(["from": "When it begins, as 08:30", "to": "When it ends, up to 24:00"])
        let from = reader.dayTime("from")
        let to = reader.dayTime("to")
        guard let from, let to else { return nil }
        guard from < to else {
            reader.report(
                "to", "is not after \(from)", "write the end of the window; one over midnight is written as two")
            return nil
        }
        self.init(from: from, to: to)
    }
}

extension JSONReader {
    /// A time of day such as `08:30`, or `24:00` for the end of the day.
    func dayTime(_ key: String, _ presence: Presence = .required) -> DayTime? {
        guard let text = text(key, .anything(20), presence) else { return nil }
        guard let time = DayTime(text: text) else {
            report(key, "must be a time of day from 00:00 to 24:00, but is \(Finding.quote(text))", "write it as 08:30")
            return nil
        }
        return time
    }
}
