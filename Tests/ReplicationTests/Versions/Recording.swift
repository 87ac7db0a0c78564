import Foundation

@testable import Replication

/// What travelled between a hub and its branches while one version's code ran on both sides, and what each held at the
/// end.
///
/// On disk a folder: `steps.txt` has a line for each step (number, milliseconds, then site and lane of an exchange, or
/// `hub` and what it did of its own accord), `held.txt` what ``RecordedProvince/held(by:)`` gave for every site, and
/// each exchange its two messages as they travelled.
struct Recording {
    struct Exchange {
        let site: SiteID
        let lane: ExchangeRequest.Lane
        let time: Int64
        let request: [UInt8]
        let answer: [UInt8]
    }

    enum Step {
        case exchange(Exchange)
        case act(RecordedProvince.Act, time: Int64)
    }

    var steps: [Step] = []
    var held: [String] = []

    var exchanges: [Exchange] {
        steps.compactMap { if case .exchange(let exchange) = $0 { exchange } else { nil } }
    }

    /// The recordings of earlier versions, by the protocol that they spoke.
    static func folder(ofProtocol version: UInt16) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/protocol-\(version)")
    }

    private static func name(_ number: Int, _ part: String) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 3 - digits.count)) + digits + "-" + part + ".bin"
    }

    init() {}

    /// Reads a recording; whatever is missing or cannot be read is an error.
    init(from folder: URL) throws {
        func lines(_ name: String) throws -> [String] {
            try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
                .split(separator: "\n").map(String.init)
        }
        func bytes(_ number: Int, _ part: String) throws -> [UInt8] {
            Array(try Data(contentsOf: folder.appendingPathComponent(Self.name(number, part))))
        }
        held = try lines("held.txt")
        for line in try lines("steps.txt") {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 4, let number = Int(words[0]), let time = Int64(words[1]) else { throw Unreadable() }
            if words[2] == "hub" {
                guard let act = RecordedProvince.Act(rawValue: words[3]) else { throw Unreadable() }
                steps.append(.act(act, time: time))
            } else {
                let exchange = Exchange(
                    site: SiteID(words[2]), lane: try Self.lane(words[3]), time: time,
                    request: try bytes(number, "request"), answer: try bytes(number, "answer"))
                steps.append(.exchange(exchange))
            }
        }
    }

    private struct Unreadable: Error {}

    private static func lane(_ word: String) throws -> ExchangeRequest.Lane {
        let lanes: [ExchangeRequest.Lane] = [.hello, .poll, .push]
        guard let lane = lanes.first(where: { "\($0)" == word }) else { throw Unreadable() }
        return lane
    }

    /// Writes the recording into a folder, in place of what was there.
    func write(to folder: URL) throws {
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var lines: [String] = []
        for (index, step) in steps.enumerated() {
            switch step {
            case .act(let act, let time): lines.append("\(index + 1) \(time) hub \(act.rawValue)")
            case .exchange(let exchange):
                lines.append("\(index + 1) \(exchange.time) \(exchange.site) \(exchange.lane)")
                for (part, bytes) in [("request", exchange.request), ("answer", exchange.answer)] {
                    try Data(bytes).write(to: folder.appendingPathComponent(Self.name(index + 1, part)))
                }
            }
        }
        for (name, lines) in [("steps.txt", lines), ("held.txt", held)] {
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appendingPathComponent(name))
        }
    }
}
