import Standards

/// One entry of a scenario's `faults`.
enum FaultEntry {
    case fault(ScheduledFault)
    case swarm(SwarmSettings)

    /// What stands for a kind where the faults are to be drawn.
    static let swarmWord = "swarm"

    static func read(_ reader: JSONReader) -> FaultEntry? {
        guard let word = reader.text("kind", .anything(ScenarioLimits.charactersInName)) else {
            passOver(reader)
            return nil
        }
        if word == swarmWord { return .swarm(readSwarm(reader)) }
        guard let kind = FaultKind(rawValue: word) else {
            let words = FaultKind.allCases.map(\.rawValue) + [swarmWord]
            let all = NearestWord.nearest(to: word, among: words) == nil ? "; Simulations/README.md lists them all" : ""
            reader.report(
                "kind", "\(Standards.Finding.quote(word)) is not known", NearestWord.hint(for: word, among: words) + all
            )
            passOver(reader)
            return nil
        }
        return readFault(kind, reader).map { .fault($0) }
    }

    /// Asks for every key, since which ones are known depends on the kind.
    private static func passOver(_ reader: JSONReader) {
        for key in reader.sortedKeys { _ = reader.has(key) }
    }

    private static func readSwarm(_ reader: JSONReader) -> SwarmSettings {
        var settings = SwarmSettings()
        settings.intensity = reader.choice("intensity", of: SwarmSettings.Intensity.self, .optional) ?? .ordinary
        let shape = TextShape.anything(ScenarioLimits.charactersInName)
        let words = reader.texts("omitting", shape, count: 0...FaultKind.allCases.count, .optional)
        for (index, word) in words.enumerated() {
            if let kind = FaultKind(rawValue: word) {
                settings.omitting.append(kind)
            } else {
                reader.log.add(
                    Standards.Finding.path(reader.path(of: "omitting"), String(index)),
                    "\(Standards.Finding.quote(word)) is not known",
                    NearestWord.hint(for: word, among: FaultKind.allCases.map(\.rawValue)))
            }
        }
        return settings
    }

    private static func readFault(_ kind: FaultKind, _ reader: JSONReader) -> ScheduledFault? {
        let at = reader.duration("at", in: ScenarioLimits.moments)
        let lasts = readLasts(kind, reader)
        let sites = reader.sites("sites")
        var numbers: [String: Int64] = [:]
        for parameter in kind.parameters {
            numbers[parameter.key] = reader.whole(parameter.key, in: parameter.range, .optional)
        }
        let trace = kind == .traced ? readTrace(reader, sites: sites) : nil
        guard let at else { return nil }
        var fault = ScheduledFault(kind, at: at, lasts: lasts, sites: sites, numbers: numbers)
        fault.trace = trace
        return fault
    }

    private static func readLasts(_ kind: FaultKind, _ reader: JSONReader) -> VirtualTime? {
        guard kind.isMomentary else { return reader.duration("lasts", in: ScenarioLimits.faultLasts, .optional) }
        if reader.has("lasts") {
            let down = kind.parameters.contains { $0.key == "downSeconds" }
            reader.report(
                "lasts", "\(kind.rawValue) happens in a moment and has no duration",
                down ? "remove it; \"downSeconds\" says how long the site stays down" : "remove it")
        }
        return nil
    }

    private static func readTrace(_ reader: JSONReader, sites: [String]) -> TraceSource? {
        let file = reader.path("trace")
        let roundTripFile = reader.path("roundTripTrace", .optional)
        let shape = TextShape.line(ScenarioLimits.charactersInColumn)
        let columns = reader.texts("traceColumns", shape, count: 1...ScenarioLimits.sites, .optional)
        let from = reader.duration(
            "traceFrom", in: VirtualTime.zero...VirtualTime.days(DurationText.daysMax), .optional)
        if !columns.isEmpty, columns.count != sites.count {
            reader.report(
                "traceColumns", "names \(columns.count) columns for \(sites.count) sites",
                "name one for each entry of \"sites\", in the same order")
        }
        guard let file else { return nil }
        var trace = TraceSource(file: file)
        trace.roundTripFile = roundTripFile
        trace.columns = columns
        trace.from = from ?? .zero
        return trace
    }
}
