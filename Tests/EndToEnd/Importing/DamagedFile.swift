import Foundation

/// A file of complaints in the form of the public one, and copies of it damaged in the ways that real files are.
struct DamagedFile {
    static let header =
        "Ticket #,Customer Complaint,Date,Date_month_year,Time,Received Via,City,State,Zip code,Status,"
        + "Filing on Behalf of Someone"
    private static let mark = "\u{FEFF}"
    private static let gb18030 = String.Encoding(rawValue: 0x8000_0632)

    /// The records after the header, as lines; none holds a line break.
    let lines: [String]

    /// The public file.
    init(reading path: String) {
        let text = Scratch.text(of: path)
        let all = text.split(whereSeparator: \.isNewline).map(String.init)
        lines = Array(all.dropFirst())
    }

    /// One of our own, for where the public file is not.
    init(rows: Int) {
        let states = [("Maryland", "Closed"), ("Oregon", "Open"), ("Texas", "Solved"), ("Illinois", "Pending")]
        lines = (0..<rows).map { row in
            let (state, status) = states[row % states.count]
            let day = row % 28 + 1
            let padded = day < 10 ? "0\(day)" : "\(day)"
            return
                "\(700_000 + row),\"Slow line, \(row)\",\(padded)-04-15,\(padded)-Apr-15,3:53:50 PM,Internet,Salem,"
                + "\(state),21009,\(status),No"
        }
    }

    private func file(_ lines: [String], end: (Int) -> String = { _ in "\r\n" }) -> Data {
        let text = ([Self.header] + lines).enumerated().map { $0.element + end($0.offset) }.joined()
        return Data((Self.mark + text).utf8)
    }

    var whole: Data { file(lines) }
    var twice: Data { whole + whole }
    /// The end of the last line is gone.
    var torn: Data { whole.dropLast(60) }
    var mixedLineEnds: Data { file(lines) { $0.isMultiple(of: 2) ? "\n" : "\r\n" } }

    /// What a versioning system and a spreadsheet leave behind, and how many lines that is.
    var littered: (file: Data, rejected: Int) {
        let litter = ["<<<<<<< HEAD", "=======", ">>>>>>> other", Self.header, "", ",,,,,,,,,,"]
        var all = litter
        all.insert(contentsOf: lines.prefix(3), at: 1)
        all += lines.dropFirst(3)
        return (file(all), litter.count)
    }

    /// Day and month are swapped in the column `Date`, which the other date column says again.
    var swapped: (file: Data, contradicted: Int) {
        var contradicted = 0
        let swapped = lines.map { line -> String in
            guard let range = line.range(of: #"\d\d-\d\d-\d\d"#, options: .regularExpression) else { return line }
            let parts = line[range].split(separator: "-")
            if parts[0] != parts[1] { contradicted += 1 }
            return line.replacingCharacters(in: range, with: "\(parts[1])-\(parts[0])-\(parts[2])")
        }
        return (file(swapped), contradicted)
    }

    /// The same complaints under numbers of their own and with Chinese words, in the encoding of a Chinese office.
    func chinese() throws -> Data {
        let chinese = lines.map { line -> String in
            var cells = line.split(separator: ",", maxSplits: 1).map(String.init)
            cells[0] = "宽带故障投诉" + cells[0]
            return cells.joined(separator: ",")
        }
        let text = ([Self.header] + chinese).map { $0 + "\r\n" }.joined()
        guard let data = text.data(using: Self.gb18030) else { throw Failure("the text is not in GB18030") }
        return data
    }
}
