import Standards

/// How long a hub takes, as `tributary bench --calibration` measured it on the day it names.
public struct Calibration: Hashable, Sendable {
    public static let bytesMax = 16 * 1_024
    static let nanosecondsMax = 1_000_000_000

    /// Year, month and day.
    public var date: String
    /// Words on the machine: cores and the like.
    public var machine: String
    public var requestNanoseconds: Int64
    /// More for each change in it.
    public var changeNanoseconds: Int64
    public var answerNanoseconds: Int64
    /// More for each entry of the feed or change of a history.
    public var entryNanoseconds: Int64

    public init(
        date: String, machine: String, requestNanoseconds: Int64, changeNanoseconds: Int64, answerNanoseconds: Int64,
        entryNanoseconds: Int64
    ) {
        self.date = date
        self.machine = machine
        self.requestNanoseconds = requestNanoseconds
        self.changeNanoseconds = changeNanoseconds
        self.answerNanoseconds = answerNanoseconds
        self.entryNanoseconds = entryNanoseconds
    }

    /// The one that comes with the program.
    public static let builtIn = Calibration(
        date: "2026-11-26", machine: "2 cores, AMD EPYC", requestNanoseconds: 165_010, changeNanoseconds: 17_605,
        answerNanoseconds: 12_218, entryNanoseconds: 1_462)

    public var json: JSONValue {
        [
            "format": 1, "date": .string(date), "machine": .string(machine),
            "requestNanoseconds": .integer(requestNanoseconds), "changeNanoseconds": .integer(changeNanoseconds),
            "answerNanoseconds": .integer(answerNanoseconds), "entryNanoseconds": .integer(entryNanoseconds),
        ]
    }
}

extension Calibration {
    /// Reads a calibration's file and lists everything that is wrong with it.
    public static func check(_ bytes: [UInt8]) -> (Calibration?, [Standards.Finding]) {
        JSONReader.check(bytes, sizeLimit: bytesMax) { reader in
            reader.format(1)
            func nanoseconds(_ key: String) -> Int64 {
                Int64(reader.integer(key, in: 1...nanosecondsMax) ?? 0)
            }
            let day = reader.text("date", .line(10))
            if let day, day.utf8.count != 10 || InstantText.milliseconds(day + "T00:00:00Z") == nil {
                reader.report("date", "\(Standards.Finding.quote(day)) is no day", "write it as 2026-02-14")
            }
            return Calibration(
                date: day ?? "", machine: reader.text("machine", .line(200)) ?? "",
                requestNanoseconds: nanoseconds("requestNanoseconds"),
                changeNanoseconds: nanoseconds("changeNanoseconds"),
                answerNanoseconds: nanoseconds("answerNanoseconds"), entryNanoseconds: nanoseconds("entryNanoseconds"))
        }
    }
}
