/// Tells what happens, a line a step; each step is checked before its line is said.
final class Story {
    private let say: (String) -> Void
    private(set) var lines: [String] = []
    /// Why the story broke, or nil as long as it holds.
    private(set) var failure: CommandError?

    /// - Parameter say: where a line goes.
    init(say: @escaping (String) -> Void) { self.say = say }

    var holds: Bool { failure == nil }

    /// One step: does something, checks it, and gives the line that says so. After a broken step nothing more is told.
    func tell(_ step: () throws -> String) {
        guard holds else { return }
        do {
            add(try step())
        } catch let error as CommandError {
            failure = error
            add("BROKEN: \(error)")
        } catch {
            let unforeseen = CommandError(.no, "go on", reason: "\(error)", remedy: "look into the nodes' logs")
            failure = unforeseen
            add("BROKEN: \(unforeseen)")
        }
    }

    private func add(_ text: String) {
        let number = lines.count + 1
        let line = "\(number < 10 ? " " : "")\(number)  \(text)"
        lines.append(line)
        say(line)
    }

    /// Checks something that has been claimed.
    static func check(_ holds: Bool, _ claim: String) throws {
        guard !holds else { return }
        throw CommandError(.no, "see that \(claim)", reason: "it is not so", remedy: "look into the nodes' logs")
    }

    /// A line with every number masked, to compare tellings: a run of digits, with its decimals, is one `#`.
    static func masked(_ line: String) -> String {
        var text = ""
        var isInNumber = false
        var characters = Array(line)[...]
        while let character = characters.popFirst() {
            let isDigit = character.isASCII && character.isNumber
            let joinsDigits =
                isInNumber && character == "." && characters.first.map { $0.isASCII && $0.isNumber } == true
            if isDigit || joinsDigits {
                if !isInNumber { text.append("#") }
                isInNumber = true
            } else {
                isInNumber = false
                text.append(character)
            }
        }
        return text
    }
}
