/// The core is given the time, the identifiers, the chance and the store; it reaches for none of them, so that the
/// same input gives the same bytes on every machine and in every rehearsal.
struct CoreRule: Rule {
    let name = "core"

    func findings(in tree: SourceTree) -> [Finding] {
        tree.swiftFiles.filter(\.isCore).flatMap { file in
            file.tokens.indices.compactMap { index in
                breach(file.tokens, index).map { finding(file, file.tokens[index].line, $0) }
            }
        }
    }

    private static let time = "pass the time in"
    private static let chance = "pass the identifier or our own generator in"
    private static let work = "return what is to be done and let a shell do it"
    private static let surroundings = "pass the value in"

    /// Names that have no business in the core wherever they stand.
    private static let names: [String: String] = [
        "timeIntervalSinceNow": time, "ContinuousClock": time, "SuspendingClock": time, "DispatchTime": time,
        "clock_gettime": time, "gettimeofday": time,
        "SystemRandomNumberGenerator": chance, "arc4random": chance, "getrandom": chance, "drand48": chance,
        "async": work, "await": work, "TaskGroup": work, "withTaskGroup": work, "withThrowingTaskGroup": work,
        "DispatchQueue": work, "Thread": work, "pthread_create": work, "usleep": work,
        "FileManager": surroundings, "ProcessInfo": surroundings, "getenv": surroundings,
    ]

    /// Calls that draw from chance, whatever they are called on; a field may be called so.
    private static let members: [String: String] = [
        "random": chance, "randomElement": chance, "shuffled": chance, "shuffle": chance,
    ]

    private func breach(_ tokens: [Token], _ index: Int) -> String? {
        let token = tokens[index]
        guard token.kind == .word else { return nil }
        let isMember = index > 0 && tokens[index - 1].isCode(".")
        if let remedy = Self.names[token.text] { return "`\(token.text)`: \(remedy)" }
        if isMember, tokens.reads(["("], at: index + 1), let remedy = Self.members[token.text] {
            return "`.\(token.text)`: \(remedy)"
        }
        switch token.text {
        case "Date" where tokens.reads(["(", ")"], at: index + 1): return "`Date()`: \(Self.time)"
        case "UUID" where tokens.reads(["(", ")"], at: index + 1): return "`UUID()`: \(Self.chance)"
        case "now" where isMember && !isMemberOfValue(tokens, index): return "`.now`: \(Self.time)"
        case "current" where isMember && isAmbient(tokens, index): return "`.current`: \(Self.surroundings)"
        case "Task" where startsTask(tokens, index): return "`Task`: \(Self.work)"
        case "actor" where index + 1 < tokens.count && declaresActor(tokens, index): return "`actor`: \(Self.work)"
        default: return nil
        }
    }

    /// `input.now` is a time that was passed in; `.now` and `Date.now` read a clock.
    private func isMemberOfValue(_ tokens: [Token], _ index: Int) -> Bool {
        guard index >= 2, tokens.touch(index - 2, index - 1) else { return false }
        let owner = tokens[index - 2]
        return owner.isWord ? !owner.isTypeName : [")", "]", "?", "!"].contains(owner.text)
    }

    private func isAmbient(_ tokens: [Token], _ index: Int) -> Bool {
        index >= 2 && ["Locale", "TimeZone", "Calendar"].contains(tokens[index - 2].text)
    }

    private func startsTask(_ tokens: [Token], _ index: Int) -> Bool {
        guard index + 1 < tokens.count else { return false }
        return ["{", "(", "<"].contains(tokens[index + 1].text)
            || tokens.reads([".", "detached"], at: index + 1) || tokens.reads([".", "sleep"], at: index + 1)
    }

    private func declaresActor(_ tokens: [Token], _ index: Int) -> Bool {
        tokens[index + 1].isTypeName && !(index > 0 && [".", ":", ","].contains(tokens[index - 1].text))
            && index + 2 < tokens.count && ["{", ":", "<"].contains(tokens[index + 2].text)
    }
}
