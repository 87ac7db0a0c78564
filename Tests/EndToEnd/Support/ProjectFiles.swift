import Foundation

/// The project's own files, the public data sets that may lie beside it, and the built command.
enum ProjectFiles {
    /// The package's folder, wherever the tests run and whatever links lead to them.
    static let root: URL = {
        var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path) {
            precondition(folder.path != "/", "the tests are not inside the package")
            folder.deleteLastPathComponent()
        }
        return folder
    }()

    static func path(_ name: String) -> String { root.appendingPathComponent(name).path }

    /// The command under test, built with the tests.
    static let command = Bundle.main.bundleURL.appendingPathComponent("tributary").path

    /// The data sets: `TRIBUTARY_DATA` if set, else `../shared/data` seen from the project; nil when absent.
    static let data: URL? = {
        let stated = ProcessInfo.processInfo.environment["TRIBUTARY_DATA"].map { URL(fileURLWithPath: $0) }
        let folder = stated ?? root.deletingLastPathComponent().appendingPathComponent("shared/data")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    /// Whether tests that take minutes are wanted too.
    static let isLong = ProcessInfo.processInfo.environment["TRIBUTARY_LONG_TESTS"] == "1"

    static func dataPath(_ name: String) throws -> String {
        guard let data else { throw Failure("the data sets are not there") }
        return data.appendingPathComponent(name).path
    }
}
