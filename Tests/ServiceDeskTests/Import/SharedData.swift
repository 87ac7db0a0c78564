import Foundation
import ServiceDesk
import Standards

/// The project's own files, and the public data sets that may lie beside the project.
enum SharedData {
    static let root: URL = {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path) {
            precondition(folder.path != "/", "the tests are not inside the package")
            folder.deleteLastPathComponent()
        }
        return folder
    }()

    /// The data sets: `TRIBUTARY_DATA` if set, else `../shared/data` seen from the project; nil when absent.
    static let folder: URL? = {
        let stated = ProcessInfo.processInfo.environment["TRIBUTARY_DATA"].map { URL(fileURLWithPath: $0) }
        let folder = stated ?? root.deletingLastPathComponent().appendingPathComponent("shared/data")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static var isPresent: Bool { folder != nil }

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: (folder ?? root).appendingPathComponent(path)))
    }

    static func projectBytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: root.appendingPathComponent(path)))
    }

    /// Zones by name as the system knows them.
    static let zones: ZoneLookup = { name in TimeZone(identifier: name).map(SystemZone.init) }

    private struct SystemZone: ZoneRules {
        let zone: TimeZone

        func offsetSeconds(at instantSeconds: Int64) -> Int {
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(instantSeconds)))
        }
    }
}
