import Foundation
import HTTP
import ServiceDesk
import Synchronization
import Testing

@testable import tributary

@Suite("Where exports go")
struct ExportTargetTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "export-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

    private func text(_ name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: folder + "/" + name) ?? Data(), as: UTF8.self)
    }

    @Test("a file appears when it is whole, for its owner alone, and an older one stays until then")
    func whole() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("older".utf8).write(to: URL(fileURLWithPath: folder + "/out.csv"))
        let target = try ExportTarget(folder + "/out.csv")
        try target.write(Array("newer".utf8))
        #expect(text("out.csv") == "older")
        try target.finish()
        #expect(text("out.csv") == "newer")
        #expect(try names() == ["out.csv"])
        let mode = try FileManager.default.attributesOfItem(atPath: folder + "/out.csv")[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("an export that is given up leaves nothing")
    func givenUp() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try { try ExportTarget(folder + "/out.csv").write([1, 2, 3]) }()
        #expect(try names().isEmpty)
        #expect(throws: CommandError.self) { try ExportTarget(folder + "/absent/out.csv") }
    }

    @Test("rows are counted whatever their cells hold, and however the file is cut into pieces")
    func rows() {
        let csv = Array("\u{FEFF}a,b\r\n1,\"x\r\n\"\"y\"\"\n\"\r\n\"\",2\r\n".utf8)
        for size in 1...csv.count {
            var count = RowCount(.csv)
            for start in stride(from: 0, to: csv.count, by: size) {
                count.take(Array(csv[start..<min(start + size, csv.count)]))
            }
            #expect(count.rows == 2)
        }
        var lines = RowCount(.jsonl)
        lines.take(Array("{\"a\":\"\\\"\"}\n{}\n".utf8))
        #expect(lines.rows == 2)
        #expect(RowCount(.csv).rows == 0)
    }

    @Test("an answer that the node cuts off is an error that says so, and one it refuses gives its reason")
    func cutOff() throws {
        let server = Server { request, responder in
            if request.path == "/refused" {
                responder.send(.problem(status: .notFound, detail: "There is no such export."))
            } else {
                let writer = responder.stream()
                writer?.write(Array("some".utf8))
                writer?.abort()
            }
        }
        let port = try server.start()
        defer { server.shutdown(deadlineSeconds: 0) { _ in } }
        let client = NodeClient(try NodeAddress("http://127.0.0.1:\(port)", token: "t"), actor: "x")
        let cut = #expect(throws: CommandError.self) { try client.stream("/cut", []) { _ in } }
        #expect(cut?.exitCode == .unreachable)
        let refused = #expect(throws: CommandError.self) { try client.stream("/refused", []) { _ in } }
        #expect(refused?.description.contains("no such export") == true)
    }

    @Test("what the taker throws ends the call and is what is thrown")
    func taker() throws {
        struct Full: Error {}
        let server = Server { _, responder in
            responder.stream()?.pump { [UInt8](repeating: 0, count: 1 << 16) }
        }
        let port = try server.start()
        defer { server.shutdown(deadlineSeconds: 0) { _ in } }
        let client = NodeClient(try NodeAddress("http://127.0.0.1:\(port)", token: "t"), actor: "x")
        #expect(throws: Full.self) { try client.stream("/", []) { _ in throw Full() } }
    }
}
