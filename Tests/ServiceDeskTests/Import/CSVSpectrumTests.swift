import Foundation
import ServiceDesk
import Standards
import Testing

/// The conformance pairs of csv-spectrum, where they lie beside the project.
@Suite(
    "csv-spectrum", .enabled(if: SharedData.isPresent, "the data sets are not beside the project: ../shared/data"))
struct CSVSpectrumTests {
    /// `location_coordinates` is left out: its two files hold different telephone numbers.
    static let names = [
        "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines", "newlines_crlf",
        "quotes_and_newlines", "simple", "simple_crlf", "utf8",
    ]

    @Test("each file reads as its pair says", arguments: names)
    func pair(name: String) throws {
        var parser = CSVParser()
        let items = parser.feed(try SharedData.bytes("csv_spectrum/csvs/\(name).csv")) + parser.finish()
        let records = items.compactMap { if case .record(let record) = $0 { record.fields } else { nil } }
        try #require(records.count == items.count)
        let header = try #require(records.first)
        let read: [JSONValue] = records.dropFirst().map { fields in
            .object(Dictionary(uniqueKeysWithValues: zip(header, fields.map { .string(Self.unified($0)) })))
        }
        let expected = try JSONValue(
            parsing: try SharedData.bytes("csv_spectrum/json/\(name).json"), sizeLimit: 1 << 20)
        #expect(JSONValue.array(read) == Self.unified(expected))
    }

    /// Line ends as LF: some of the CSV files have lost their CRLF on the way, their pairs have not.
    private static func unified(_ text: String) -> String {
        text.replacingOccurrences(of: "\r\n", with: "\n")
    }

    private static func unified(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(unified(text))
        case .array(let elements): .array(elements.map(unified))
        case .object(let members): .object(members.mapValues(unified))
        default: value
        }
    }
}
