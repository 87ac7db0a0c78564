/// Collects the findings of one pass over a document.
public final class FindingLog {
    /// The most findings kept; a document this wrong is not read to its end by anyone.
    public static let limit = 500

    /// What was found, in the order of reading.
    public private(set) var findings: [Finding] = []

    public init() {}

    /// Whether nothing has been found.
    public var isEmpty: Bool { findings.isEmpty }

    /// Keeps one finding, or, at the limit, a last one that says so.
    public func add(_ path: String, _ problem: String, _ remedy: String) {
        guard findings.count < Self.limit else { return }
        if findings.count == Self.limit - 1 {
            findings.append(
                Finding(path: "", problem: "there are more findings than are listed", remedy: "correct these first"))
        } else {
            findings.append(Finding(path: path, problem: problem, remedy: remedy))
        }
    }
}
