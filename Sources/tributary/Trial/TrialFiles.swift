import Foundation
import Glibc

/// Finds what a province on one machine needs: this program and the province that comes with it.
enum TrialFiles {
    private static let topology = "Topology/ningxia.json"
    private static let ancestorsMax = 12

    /// This executable, whatever it was called by.
    static func program() throws -> String {
        guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            throw CommandError(.no, "find this program", reason: "/proc is not mounted", remedy: "mount it")
        }
        return path
    }

    /// The topology beneath the current folder, or beneath one above the program.
    static func defaultTopology(program: String) throws -> String {
        try find(topology, program: program, remedy: "name one with --topology")
    }

    /// One of the project's files, beneath the current folder or beneath one above the program.
    static func find(_ name: String, program: String, remedy: String) throws -> String {
        var folders = [FileManager.default.currentDirectoryPath]
        var folder = program
        for _ in 0..<ancestorsMax where folder != "/" {
            folder = URL(fileURLWithPath: folder).deletingLastPathComponent().path
            folders.append(folder)
        }
        for folder in folders {
            let path = folder + "/" + name
            if access(path, R_OK) == 0 { return path }
        }
        throw CommandError(
            .usage, "find \(name)", reason: "it is not beneath this folder or the program's", remedy: remedy)
    }
}
