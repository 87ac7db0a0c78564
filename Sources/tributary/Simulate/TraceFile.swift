import Foundation
import Simulator

/// Reads a file of measured values, unpacking it with `gzip` where it is packed.
enum TraceFile {
    static func bytes(_ path: String) throws -> [UInt8] {
        guard path.hasSuffix(".gz") else { return try InputFile.bytes(path, limit: TraceLimits.bytes) }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", "--", path]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw CommandError(.usage, "unpack \(path)", reason: "gzip cannot be run", remedy: "install it")
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0, data.count <= TraceLimits.bytes else {
            throw CommandError(
                .usage, "unpack \(path)",
                reason: data.count > TraceLimits.bytes
                    ? "it unpacks to more than \(TraceLimits.bytes) bytes" : "gzip cannot read it",
                remedy: "check the file")
        }
        return Array(data)
    }
}
