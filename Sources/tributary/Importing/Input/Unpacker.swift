import Foundation
import Glibc

/// Reads a packed file through the system's `gzip`.
final class Unpacker {
    private static let magic: [UInt8] = [0x1F, 0x8B]

    private let path: String
    private let process = Process()
    private let output = Pipe()
    private let complaints = Pipe()

    static func isPacked(_ head: [UInt8]) -> Bool { head.starts(with: magic) }

    init(_ path: String) throws {
        self.path = path
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", "--", path]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = complaints
        do {
            try process.run()
        } catch {
            throw CommandError(.no, "unpack \(path)", reason: "gzip does not start", remedy: "install gzip")
        }
    }

    deinit { if process.isRunning { process.terminate() } }

    /// The next piece; empty at the end.
    /// - Throws: when the packed file is damaged: what came before the damage has been given out.
    func next() throws -> [UInt8] {
        let piece = try output.fileHandleForReading.read(upToCount: InputFile.pieceBytes) ?? Data()
        if !piece.isEmpty { return Array(piece) }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let words = String(decoding: complaints.fileHandleForReading.availableData, as: UTF8.self)
            throw CommandError(
                .no, "unpack \(path)",
                reason: PlainText.line(words.split(separator: "\n").first.map(String.init) ?? ""),
                remedy: "get the file again and repeat; nothing comes in twice")
        }
        return []
    }
}
