import Foundation

/// Runs inputs in a process of their own, and leaves behind the one that brought it down.
struct FuzzRun {
    let target: FuzzTarget
    /// Holds the input under way; it is gone when all is well.
    private let file: URL

    init(_ target: FuzzTarget, name: String) {
        self.target = target
        file = Self.file(of: target, name)
    }

    /// Where the input is to be found that brought a run down.
    static func file(of target: FuzzTarget, _ name: String) -> URL {
        FileManager.default.temporaryDirectory.appendingPathComponent("tributary-\(target.rawValue)-\(name).input")
    }

    func run(_ inputs: some Sequence<FuzzSeed>) throws {
        for input in inputs {
            try Data(input.bytes).write(to: file)
            do {
                try target.run(input.bytes)
            } catch {
                throw BrokenProperty(description: "\(input.name): \(error)")
            }
        }
        try? FileManager.default.removeItem(at: file)
    }
}
