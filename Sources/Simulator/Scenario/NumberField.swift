/// A whole number among a scenario's settings. Reader, writer and schema go by the same list of them.
struct NumberField<Settings> {
    /// Its key in the file, which ends in its unit.
    let key: String
    let range: ClosedRange<Int64>
    /// What it means, in a sentence without its full stop.
    let meaning: String
    let get: (Settings) -> Int64?
    let set: (inout Settings, Int64) -> Void

    init(
        _ key: String, _ range: ClosedRange<Int64>, _ path: WritableKeyPath<Settings, Int64>, _ meaning: String
    ) {
        self.key = key
        self.range = range
        self.meaning = meaning
        get = { $0[keyPath: path] }
        set = { $0[keyPath: path] = $1 }
    }

    /// One that may be left open.
    init(
        _ key: String, _ range: ClosedRange<Int64>, _ path: WritableKeyPath<Settings, Int64?>, _ meaning: String
    ) {
        self.key = key
        self.range = range
        self.meaning = meaning
        get = { $0[keyPath: path] }
        set = { $0[keyPath: path] = $1 }
    }
}
